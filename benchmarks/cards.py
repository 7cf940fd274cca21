"""5,000 sticker cards beside ReportLab drawing the same cards, and what three PDFs cost over one.

Run it with `python benchmarks/cards.py`. Times are processor seconds, the best of three; ours and
ReportLab's take turns. ReportLab sets every text at a fixed place and size, so it does without the
measuring and wrapping that ours does. Memory is the peak of a process that only makes the zip.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

from leerid_core.exports import HandOut, PrintOptions, make_archive, stickers_pdf
from leerid_core.exports.batch import Batch
from leerid_core.exports.pictures import picture_image
from leerid_core.exports.qr_code import qr_code
from leerid_core.files.typeface import FONTS
from leerid_core.rules.accounts import AccountType, PasswordKind
from leerid_core.rules.credentials import Credential
from leerid_core.rules.pictures import CATALOGUE, picture

PUPILS, CLASS_SIZE, ROUNDS = 5_000, 25, 3
HAND_OUT = HandOut("030569", "TEST School 1", 1, date(2026, 11, 23), by_class=True)
MM = 72 / 25.4
KEYS = [one.key for one in CATALOGUE]
FACES = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono-Bold")
RECTANGLE = re.compile(r"(\d+) (\d+) (\d+) 1 re")


def main() -> None:
    """Print the two ratios of the cards, and the time and memory of a whole zip."""
    if "--zip" in sys.argv:
        print(_zip_in_this_process())
        return
    listed = credentials(PUPILS)
    stickers_pdf(HAND_OUT, listed[: 2 * CLASS_SIZE])  # rasterises the pictures
    ours, peer = _taking_turns(
        lambda: stickers_pdf(HAND_OUT, listed), lambda: reportlab_stickers(listed)
    )
    print(
        f"{PUPILS:,} sticker cards: {ours:.2f} s, ReportLab {peer:.2f} s, ratio {ours / peer:.2f}"
    )
    three, one = _taking_turns(lambda: _three_kinds(listed), lambda: stickers_pdf(HAND_OUT, listed))
    print(f"A4, all stickers and stickers per class: {three:.2f} s, {three / one:.2f} times one")
    command = [sys.executable, __file__, "--zip"]
    print(subprocess.check_output(command, text=True), end="")


def credentials(number: int) -> list[Credential]:
    """Return pupils in classes of 25, half of them with pictures."""
    return [_credential(at) for at in range(number)]


def _credential(at: int) -> Credential:
    username = f"suheda.carabin{at}"
    keys = " ".join(KEYS[(at * step + step) % len(KEYS)] for step in (1, 5, 7, 11))
    pictures = at % 2 == 0
    return Credential(
        first_name="Süheda",
        last_name=f"Carabin {at}",
        administrative_group="4de leerjaar",
        account_type=AccountType.BASIC,
        username=username,
        password_kind=PasswordKind.PICTURES if pictures else PasswordKind.WORD,
        password=keys if pictures else "29ban9",
        link=f"https://mijn.leerid.be/{username}",
        stamnummer=f"{at:07}",
        school_classes=(f"{at // CLASS_SIZE + 1}A",),
    )


def _taking_turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    times = [(_seconds(first), _seconds(second)) for _ in range(ROUNDS)]
    return min(one for one, _ in times), min(other for _, other in times)


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _three_kinds(listed: list[Credential]) -> list[bytes]:
    with Batch(HAND_OUT, listed, PrintOptions()) as batch:
        batch.draw_cards()
        groups = [batch.group_stickers(group) for group in batch.groups]
        return [one.to_bytes() for one in (batch.sheets(), batch.stickers(), *groups)]


def _zip_in_this_process() -> str:
    listed = credentials(PUPILS)
    seconds = _seconds(lambda: make_archive(HAND_OUT, listed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = seconds / PUPILS * 1000
    return f"whole zip: {seconds:.2f} s, {each:.2f} ms a pupil; peak memory {peak:.0f} MB"


def reportlab_stickers(listed: list[Credential]) -> bytes:
    """Return the sticker sheets as ReportLab makes them."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name in FACES:
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    pictures = {key: ImageReader(_png(key)) for key in KEYS}
    target = BytesIO()
    canvas = Canvas(target, pagesize=(210 * MM, 297 * MM), pageCompression=1)
    for at, credential in enumerate(listed):
        row, column = divmod(at % 12, 2)
        canvas.saveState()
        canvas.translate(column * 105 * MM, (297 - 4.5 - (row + 1) * 48) * MM)
        _reportlab_card(canvas, credential, pictures)
        canvas.restoreState()
        if at % 12 == 11:
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def _png(key: str) -> BytesIO:
    """Return the picture as our cards hold it, as a file that ReportLab can read."""
    import zlib

    from PIL import Image

    info = picture_image(key)
    side, data = int(info.width), zlib.decompress(bytes(info["data"]))  # type: ignore[call-overload]
    rows = b"".join(data[at + 1 : at + 1 + side] for at in range(0, len(data), side + 1))
    image = Image.frombytes("P", (side, side), rows)
    image.putpalette(bytes(info["pal"]))  # type: ignore[call-overload]
    target = BytesIO()
    image.save(target, "PNG")
    target.seek(0)
    return target


def _reportlab_card(canvas: object, credential: Credential, pictures: dict[str, object]) -> None:
    def text(face: str, size: float, x: float, y: float, shown: str) -> None:
        canvas.setFont(face, size)  # type: ignore[attr-defined]
        canvas.drawString(x * MM, y * MM, shown)  # type: ignore[attr-defined]

    plain, bold, mono = FACES
    group = f"{credential.school_classes[0]} · {credential.administrative_group}"
    text(bold, 9.5, 84, 41.5, "LeerID")
    text(plain, 7.5, 8.5, 41.5, group)
    text(bold, 14, 8.5, 35.5, f"{credential.first_name} {credential.last_name}")
    text(plain, 7, 8.5, 32, credential.link)
    text(plain, 7.5, 8.5, 28, "Gebruikersnaam:")
    text(mono, 11, 8.5, 24, credential.username)
    text(plain, 7.5, 8.5, 20, "Wachtwoord:")
    if credential.password_kind is PasswordKind.WORD:
        text(mono, 18, 8.5, 13, credential.password)
    else:
        for number, key in enumerate(credential.password.split(), start=1):
            x = 8.5 + (number - 1) * 15.5
            canvas.drawImage(pictures[key], x * MM, 8 * MM, 10.5 * MM, 10.5 * MM)  # type: ignore[attr-defined]
            text(bold, 7, x + 1, 5, f"{number} ")
            text(plain, 7, x + 3, 5, picture(key).name)
    _reportlab_code(canvas, credential.link)


def _reportlab_code(canvas: object, link: str) -> None:
    code = qr_code(link)
    path = canvas.beginPath()  # type: ignore[attr-defined]
    module = 23 * MM / code.size
    for found in RECTANGLE.findall(code.path):
        x, y, width = map(int, found)
        path.rect(73.5 * MM + x * module, 14.5 * MM + y * module, width * module, module)
    canvas.drawPath(path, stroke=0, fill=1)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
