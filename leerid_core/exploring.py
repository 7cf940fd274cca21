"""Tables in a notebook that can be searched and sorted, in Dutch and without another host."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, Any] = {
    "search": "Zoek:",
    "lengthMenu": "_MENU_ rijen tonen",
    "info": "_START_ tot _END_ van _TOTAL_ rijen",
    "infoEmpty": "0 rijen",
    "infoFiltered": "(uit _MAX_ rijen)",
    "zeroRecords": "Niets gevonden",
    "emptyTable": "Geen gegevens",
    "loadingRecords": "Even geduld …",
    "thousands": ".",
    "decimal": ",",
    "aria": {
        "orderable": ": sorteren",
        "orderableReverse": ": andersom sorteren",
        "orderableRemove": ": niet meer sorteren",
        "paginate": {
            "first": "Eerste pagina",
            "previous": "Vorige pagina",
            "next": "Volgende pagina",
            "last": "Laatste pagina",
            "number": "Pagina ",
        },
    },
}
"""What DataTables says; the names are those of its option `language`."""


def explore() -> None:
    """Show every table of this notebook with a search field and columns that sort (itables)."""
    import itables
    from itables import options

    options.language = WORDS
    itables.init_notebook_mode(connected=False)
