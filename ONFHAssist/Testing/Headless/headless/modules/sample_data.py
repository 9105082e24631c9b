"""The module ``SampleData``: data sets that a module registers, fetched only from ``file://`` addresses."""

from __future__ import annotations

import shutil
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import slicer


def _each(value: Any, count: int) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] * count


class SampleDataSource:
    """A registered data set of one or more files."""

    def __init__(
        self,
        sampleName: str | None = None,
        sampleDescription: str | None = None,
        uris: str | list[str] | None = None,
        fileNames: str | list[str] | None = None,
        nodeNames: str | list[str] | None = None,
        checksums: str | list[str] | None = None,
        loadFiles: bool | list[bool] | None = None,
        customDownloader: Callable[[Any], Any] | None = None,
        thumbnailFileName: str | None = None,
        loadFileType: str | list[str] | None = None,
        loadFileProperties: dict[str, Any] | None = None,
    ) -> None:
        self.sampleName, self.sampleDescription = sampleName, sampleDescription or sampleName
        self.customDownloader, self.thumbnailFileName = customDownloader, thumbnailFileName
        self.loadFileProperties = loadFileProperties or {}
        self.uris = [uris] if isinstance(uris, str) else list(uris or [])
        count = len(self.uris)
        self.fileNames, self.nodeNames = _each(fileNames, count), _each(nodeNames, count)
        self.checksums, self.loadFiles = _each(checksums, count), _each(loadFiles, count)
        self.loadFileType = _each(loadFileType, count)
        if any(len(values) != count for values in vars(self).values() if isinstance(values, list)):
            raise ValueError("All fields of sample data source must have the same length")


class SampleDataLogic:
    """Registers and loads data sets."""

    @staticmethod
    def registerCustomSampleDataSource(category: str = "Custom", **fields: Any) -> None:
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

    def downloadFromSource(self, source: SampleDataSource) -> list[Any]:
        """Fetch every file of the data set; the loaded nodes, or paths of what is not loaded.

        As in Slicer, ``source.customDownloader`` is for the sample's button and not asked here, and a file without
        a name for its node is not loaded.
        """
        folder = slicer.mrmlScene.GetCacheManager().GetRemoteCacheDirectory()
        results = []
        rows = zip(
            source.uris, source.fileNames, source.nodeNames, source.checksums, source.loadFiles, source.loadFileType,
            strict=True,
        )  # fmt: skip
        for uri, name, node_name, checksum, load, kind in rows:
            path = self.downloadFile(uri, folder, name, checksum)
            read_as = kind or (node_name and "VolumeFile")
            if load is False or not read_as:
                results.append(path)
                continue
            properties = {**source.loadFileProperties, **({"name": node_name} if node_name else {})}
            results.append(slicer.util.loadNodeFromFile(path, read_as, properties))
        return results

    def downloadSamples(self, sampleName: str) -> list[Any]:
        source = self.sourceForSampleName(sampleName)
        if source is None:
            raise ValueError(f"there is no sample data '{sampleName}'")
        return self.downloadFromSource(source)

    def downloadSample(self, sampleName: str) -> Any:
        return self.downloadSamples(sampleName)[0]


def downloadSample(sampleName: str) -> Any:
    return SampleDataLogic().downloadSample(sampleName)
