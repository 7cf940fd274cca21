"""The structure of a PDF, for screen readers: headings, paragraphs, tables with rows and cells.

fpdf2 tags pictures only, in a flat list, and a reader that finds tags reads nothing else. This
module, with `Pages`, extends its internal `StructureTreeBuilder`: its loops over
`doc_struct_elem.k` then find every element, while the file nests them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFArray


class _AllElements(PDFArray):
    """Every element for who walks over it; only those right below the document in the file."""

    def __init__(self, document: StructElem) -> None:
        super().__init__()
        self._document = document

    def serialize(self, *_: object, **__: object) -> str:
        top = [element.ref for element in self if element.p is self._document]
        return f"[{' '.join(top)}]"


class Structure(StructureTreeBuilder):
    """Elements within elements; counts what it has marked on each page."""

    def __init__(self) -> None:
        super().__init__()
        self.doc_struct_elem.k = _AllElements(self.doc_struct_elem)
        self._marked: Counter[int] = Counter()

    def next_mcid_for_page(self, page_number: int) -> int:
        """Return the number of the next marked content; a number is given once."""
        self._marked[page_number] += 1
        return self._marked[page_number] - 1

    def group(self, kind: str, page_number: int, parent: StructElem | None = None) -> StructElem:
        """Add an element that holds others, such as a table or a row of it."""
        above = parent or self.doc_struct_elem
        element = StructElem(f"/{kind}", above, [], page_number)
        self._put(element, parent)
        return element

    def mark(self, kind: str, page_number: int, parent: StructElem | None = None) -> int:
        """Add an element for content that follows, and return the number that marks it."""
        mcid = self.next_mcid_for_page(page_number)
        element, _ = self.add_marked_content(page_number, f"/{kind}", mcid)
        if parent is not None:
            element.p = parent
            parent.k.append(element)
        return mcid

    def _put(self, element: StructElem, parent: StructElem | None) -> None:
        elements: Any = self.doc_struct_elem.k
        elements.append(element)
        if parent is not None:
            parent.k.append(element)
