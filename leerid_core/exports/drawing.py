"""PDF operators for texts, lines and pictures, in millimetres from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from leerid_core.files.typeface import POINT, Face

Colour = tuple[float, float, float]
INK: Colour = (0.07, 0.09, 0.13)
GREY: Colour = (0.33, 0.36, 0.41)
BLUE: Colour = (0.04, 0.33, 0.65)


@dataclass(frozen=True)
class Style:
    """A face, a size in points and a colour."""

    face: Face
    size: float
    colour: Colour = INK

    @cached_property
    def operators(self) -> str:
        """The operators that set this style within a text object."""
        red, green, blue = self.colour
        size = round(self.size * POINT, 3)
        return f"/{self.face.name} {size} Tf {red} {green} {blue} rg"

    def width(self, text: str) -> float:
        """Return the width of `text` in millimetres."""
        return self.face.width(text, self.size)


class Drawing:
    """What is drawn on a surface `height` millimetres high; y is measured downwards."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._operators: list[str] = []

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """Draw `text` with its first letter at `x`, standing on `baseline`."""
        y = self._height - baseline
        self._operators.append(
            f"BT {style.operators} {x:.2f} {y:.2f} Td {style.face.show(text)} ET"
        )

    def text_to(self, right: float, baseline: float, text: str, style: Style) -> None:
        """Draw `text` ending at `right`."""
        self.text(right - style.width(text), baseline, text, style)

    def text_around(self, middle: float, baseline: float, text: str, style: Style) -> None:
        """Draw `text` centred on `middle`."""
        self.text(middle - style.width(text) / 2, baseline, text, style)

    def lines(
        self,
        *ends: tuple[float, float, float, float],
        width: float = 0.2,
        grey: float = 0.45,
        dash: str = "",
    ) -> None:
        """Draw lines from (x1, y1) to (x2, y2); `dash` is a PDF dash pattern."""
        path = " ".join(
            f"{x1:.2f} {self._height - y1:.2f} m {x2:.2f} {self._height - y2:.2f} l"
            for x1, y1, x2, y2 in ends
        )
        self._operators.append(f"q {width} w [{dash}] 0 d {grey} G {path} S Q")

    def box(self, x: float, y: float, width: float, height: float, line: float = 0.2) -> None:
        """Draw the outline of a rectangle."""
        bottom = self._height - y - height
        self._operators.append(
            f"q {line} w 0.45 G {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S Q"
        )

    def place(self, name: str, x: float, y: float, scale_x: float = 1, scale_y: float = 1) -> None:
        """Place an XObject with its bottom left corner at (x, y)."""
        self._operators.append(
            f"q {scale_x:.3f} 0 0 {scale_y:.3f} {x:.3f} {self._height - y:.3f} cm /{name} Do Q"
        )

    def fill(self, path: str, x: float, y: float, scale: float) -> None:
        """Fill `path` in black: its unit is `scale` millimetres, its origin at (x, y)."""
        self._operators.append(
            f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {self._height - y:.3f} cm 0 g {path} f Q"
        )

    @property
    def content(self) -> bytes:
        """The operators, one on a line."""
        return "\n".join(self._operators).encode("latin-1")
