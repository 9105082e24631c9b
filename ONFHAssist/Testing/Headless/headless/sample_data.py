"""The module ``SampleData``: data sets that a module registers, downloaded only from ``file://`` addresses."""

# ruff: noqa: N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import shutil
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

import slicer


def _each(value: object, count: int) -> list:
    return list(value) if isinstance(value, list | tuple) else [value] * count


class SampleDataSource:
    """A registered data set of one or more files."""

    def __init__(
        self,
        sampleName: str | None = None,
        sampleDescription: str | None = None,
        uris: str | list | None = None,
        fileNames: str | list | None = None,
        nodeNames: str | list | None = None,
        checksums: str | list | None = None,
        loadFiles: bool | list | None = None,
        customDownloader: Callable | None = None,
        thumbnailFileName: str | None = None,
        loadFileType: str | list | None = None,
        loadFileProperties: dict | None = None,
    ) -> None:
        self.sampleName, self.sampleDescription = sampleName, sampleDescription or sampleName
        self.uris = [uris] if isinstance(uris, str) else list(uris or [])
        count = len(self.uris)
        self.fileNames, self.nodeNames = _each(fileNames, count), _each(nodeNames, count)
        self.checksums, self.loadFiles = _each(checksums, count), _each(loadFiles, count)
        self.loadFileType = [
            kind or self._guess(name, node)
            for kind, name, node in zip(
                _each(loadFileType, count), self.fileNames, self.nodeNames, strict=False
            )
        ]
        self.customDownloader, self.thumbnailFileName = customDownloader, thumbnailFileName
        self.loadFileProperties = loadFileProperties or {}
        lists = (self.fileNames, self.nodeNames, self.checksums, self.loadFiles, self.loadFileType)
        if any(len(values) != count for values in lists):
            raise ValueError("All fields of sample data source must have the same length")

    @staticmethod
    def _guess(file_name: str | None, node_name: str | None) -> str | None:
        if node_name is not None:
            return "VolumeFile"
        suffix = Path(file_name or "").suffix.lower()
        return {".mrml": "SceneFile", ".mrb": "SceneFile", ".zip": "ZipFile"}.get(suffix)


class SampleDataLogic:
    """Registers and loads data sets."""

    builtInCategoryName, developmentCategoryName = "General", "Development"

    def __init__(self, logMessage: Callable | None = None) -> None:
        self.logMessage = logMessage or (lambda message, *_: print(message))

    @staticmethod
    def registerCustomSampleDataSource(category: str = "Custom", **fields: object) -> None:
        source = SampleDataSource(**fields)
        sources = slicer.modules.sampleDataSources.setdefault(category, [])
        if all(vars(source) != vars(other) for other in sources):
            sources.append(source)

    @staticmethod
    def sourceForSampleName(sampleName: str) -> SampleDataSource | None:
        sources = [s for group in slicer.modules.sampleDataSources.values() for s in group]
        return next((s for s in sources if s.sampleName == sampleName), None)

    def downloadFile(self, uri: str, destFolderPath: str, name: str, checksum: str | None = None) -> str:
        """Copy the file of a ``file://`` address and compare its checksum.

        Raises:
            ValueError: the address is not a file's, or the checksum does not match.
        """
        parts = urllib.parse.urlparse(uri)
        if parts.scheme != "file":
            raise ValueError(f"headless Slicer has no network: '{uri}' is not a file:// address")
        target = Path(destFolderPath) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(urllib.request.url2pathname(parts.path), target)
        if checksum:
            algorithm, digest = slicer.util.extractAlgoAndDigest(checksum)
            if slicer.util.computeChecksum(algorithm, str(target)) != digest:
                target.unlink()
                raise ValueError(f"Checksum of downloaded file does not match: {name} is not {checksum}")
        return str(target)

    def downloadFromSource(self, source: SampleDataSource, **_: object) -> list:
        """Fetch every file of the data set; the loaded nodes, or paths of what is not loaded.

        As in Slicer, ``source.customDownloader`` is for the sample's button and not asked here.
        """
        folder = slicer.mrmlScene.GetCacheManager().GetRemoteCacheDirectory() or slicer.app.temporaryPath
        results = []
        rows = zip(
            source.uris, source.fileNames, source.nodeNames, source.checksums, source.loadFiles, source.loadFileType,
            strict=True,
        )  # fmt: skip
        for uri, name, node_name, checksum, load, kind in rows:
            path = self.downloadFile(uri, folder, name, checksum)
            results.append(self._load(path, node_name, load, kind, source.loadFileProperties))
        return results

    @staticmethod
    def _load(path: str, node_name: str | None, load: bool | None, kind: str | None, options: dict) -> object:
        if load is False or (load is None and (kind in {None, "SceneFile"})):
            return path
        if kind == "ZipFile":
            folder = Path(path).with_suffix("")
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)
            return str(folder)
        properties = {**options, **({"name": node_name} if node_name else {})}
        return slicer.util.loadNodeFromFile(path, kind, properties)

    def downloadSamples(self, sampleName: str) -> list:
        source = self.sourceForSampleName(sampleName)
        if source is None:
            raise ValueError(f"there is no sample data '{sampleName}'")
        return self.downloadFromSource(source)

    def downloadSample(self, sampleName: str) -> object:
        return self.downloadSamples(sampleName)[0]


def downloadSample(sampleName: str) -> object:
    return SampleDataLogic().downloadSample(sampleName)


def downloadSamples(sampleName: str) -> list:
    return SampleDataLogic().downloadSamples(sampleName)
