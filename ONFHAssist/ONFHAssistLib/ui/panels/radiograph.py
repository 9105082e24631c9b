"""What ONFHSegment shows when a radiograph is chosen: the circle tool's words, and the correction of its lengths."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ..run import run_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...scene.results.facing import FacingWatch
    from ..protocols import ModulePanel, RadiographWidgets


class RadiographPanel:
    """The group "Radiograph" of a panel, there for single slices only, and the sphere tool as a circle tool.

    Args:
        ui: widgets ``radiographGroup``, ``radiographCheckBox``, ``radiographLabel``, ``magnificationSpinBox``,
            ``magnificationButton``, ``sphereGroup``, ``sphereHelp``, ``clipCheckBox`` and ``statusLabel``.
        panel: the module's widget, with ``parameters`` and ``update_panel``.
    """

    def __init__(self, ui: RadiographWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self._sphere = ui.sphereGroup.text, ui.sphereHelp.text
        # A weak reference: after a scene is closed, another volume may have its ID.
        self._shown: Any = lambda: None
        self._facing: FacingWatch | None = None
        self._fit = False  # whether the views are to be fitted to the image that comes
        self.is_radiograph = False
        self._usual_magnification = ui.magnificationSpinBox.value
        ui.radiographCheckBox.connect("clicked(bool)", self.on_declare)
        ui.magnificationButton.connect("clicked()", self.on_magnification)

    def forget_case(self) -> None:
        """The patient's scene is closed: neither his magnification nor the view of his film is the next one's."""
        from ...scene.results.facing import leave_radiograph

        leave_radiograph()
        self._shown = lambda: None
        self._ui.magnificationSpinBox.value = self._usual_magnification
        self._ui.radiographCheckBox.checked = False
        self._ui.radiographLabel.text = ""

    def turn_away(self) -> None:
        """Another image is chosen."""
        from ...scene.results.facing import is_facing

        self._fit = is_facing()
        self.forget_case()

    def update(self) -> bool:
        """Follow the chosen volume; whether it is a radiograph."""
        from ...scene.results import radiographs

        volume = self._panel.parameters.volume
        one_slice = radiographs.is_slice(volume)
        shown = volume if one_slice else None
        if shown is not self._shown():
            self._shown = weakref.ref(shown) if one_slice else lambda: None
            if one_slice:
                run_step(self._ui, "", lambda _progress: _silently(radiographs.settle_radiograph, volume))
        self.is_radiograph = one_slice and radiographs.is_radiograph_volume(volume)
        self._leave_former(volume)
        ui = self._ui
        ui.radiographGroup.visible = one_slice
        ui.sphereGroup.text = _("Femoral head by circle") if self.is_radiograph else self._sphere[0]
        ui.sphereHelp.text = self._circle_help() if self.is_radiograph else self._sphere[1]
        ui.clipCheckBox.enabled = not self.is_radiograph
        if one_slice:
            self._describe(volume)
        return self.is_radiograph

    def face(self) -> None:
        """Show the chosen radiograph alone and upright, until another image is chosen or shown."""
        from ...scene.results.facing import FacingWatch, face_radiograph

        self._facing = self._facing or FacingWatch()
        self._facing.follow()
        face_radiograph(self._panel.parameters.volume)

    def _leave_former(self, volume: Any) -> None:
        """Another image than the one that is faced was chosen, perhaps in a scene that was saved so."""
        from ...scene.results import facing

        if facing.is_facing() and facing.faced_radiograph() is not volume:
            facing.leave_radiograph()
            self._fit = True
        if self._fit and volume is not None:
            self._fit = False
            slicer.util.setSliceViewerLayers(background=volume, fit=True)

    def _circle_help(self) -> str:
        return _(
            "Place three or more points on the rim of one femoral head, away from the acetabulum's edge, or one point at "
            "its centre and set the radius. Do the same for the other head."
        )

    def _describe(self, volume: Any) -> None:
        from ...scene.results import radiographs
        from ...scene.volumes import image_from_volume

        ui, facts = self._ui, image_from_volume(volume).metadata
        stated = bool(facts.get("modality")) and facts.get("pixel_spacing") != radiographs.UNSTATED
        ui.radiographCheckBox.checked = self.is_radiograph
        ui.radiographCheckBox.enabled = not stated and facts.get("magnification") is None
        magnification = radiographs.magnification_of(volume) if self.is_radiograph else None
        correctable = magnification is not None
        ui.magnificationSpinBox.enabled = ui.magnificationButton.enabled = correctable
        sentences = []
        if self.is_radiograph and facts.get("orientation") == "assumed":
            sentences.append(
                _("No orientation is stated: the patient's right is taken to be on the left of the film.")
            )
        if not self.is_radiograph:
            sentences.append(_("One slice without a stated modality; tick the box if it is a radiograph."))
        elif not correctable:
            sentences.append(_("Its header gives lengths in the patient's plane."))
        elif magnification == 1.0:
            sentences.append(
                _(
                    "Lengths are the detector's and 10 to 20% too large; give the magnification, if you know it "
                    "(often 1.15)."
                )
            )
        else:
            sentences.append(_("Lengths are corrected by {m:.2f}.").format(m=magnification))
        ui.radiographLabel.text = " ".join(sentences)

    def on_declare(self, checked: bool) -> None:
        from ...scene.results.radiographs import declare_radiograph

        volume = self._panel.parameters.volume
        run_step(self._ui, "", lambda _progress: _silently(declare_radiograph, volume, checked))
        self._panel.update_panel()

    def on_magnification(self) -> None:
        from ...scene.results.radiographs import correct_magnification

        parameters, value = self._panel.parameters, self._ui.magnificationSpinBox.value

        def correct(_progress: Any) -> str:
            correct_magnification(parameters.volume, value, parameters.segmentation, parameters.points)
            return _("Lengths are those in the plane of the hips, by a magnification of {m:.2f}.").format(
                m=value
            )

        run_step(self._ui, _("Correcting lengths ..."), correct)
        self._panel.update_panel()


def _silently(work: Callable[..., None], *arguments: Any) -> str:
    """Do it, with nothing to say."""
    work(*arguments)
    return ""
