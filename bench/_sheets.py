"""Several pictures on one sheet, in few colours, so that what shows it stays light."""

import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from html import escape

from playwright.sync_api import Browser, Page

from bench._browsing import Scheme

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
COLOURS = 48
PAPER: dict[Scheme, tuple[str, str]] = {"light": ("#e7e2d8", "#23211d"), "dark": ("#101211", "#ebe8e1")}
STYLE = """
body { margin: 0; padding: 16px; width: max-content; background: %s; color: %s;
       font: 600 15px/1.3 system-ui, "Noto Sans", sans-serif; display: flex; gap: 16px; }
div { display: grid; gap: 16px; align-content: start; } figure { margin: 0; }
figcaption { padding-bottom: 4px; } img { display: block; border-radius: 12px; }
"""
FEW_COLOURS = """async ([source, most]) => {
  const picture = new Image(); picture.src = source; await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height), pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  const read = pen.getImageData(0, 0, picture.width, picture.height);
  const dots = new Uint32Array(read.data.buffer), seen = new Map();
  for (const dot of dots) seen.set(dot, (seen.get(dot) || 0) + 1);
  const apart = (a, b) => [0, 8, 16].reduce((sum, by) => sum + ((a >> by & 255) - (b >> by & 255)) ** 2, 0);
  const common = [...seen].sort((a, b) => b[1] - a[1]).map(([dot]) => dot);
  const kept = common.slice(0, 16);
  for (let far = 9000; kept.length < Math.min(most, common.length); far /= 2)
    for (const dot of common)
      if (kept.length < most && kept.every(other => apart(dot, other) > far)) kept.push(dot);
  const place = new Map(common.map(dot => [dot, kept.reduce((best, other, at) =>
    apart(dot, other) < apart(dot, kept[best]) ? at : best, 0)]));
  const lines = new Uint8Array(dots.length);
  dots.forEach((dot, at) => { lines[at] = place.get(dot); });
  const whole = await new Promise(done => { const reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1]); reader.readAsDataURL(new Blob([lines])); });
  return { width: picture.width, height: picture.height, colours: kept, dots: whole };
}"""


def sheet(
    browser: Browser, columns: Sequence[Sequence[tuple[str, bytes]]], scheme: Scheme = "light"
) -> bytes:
    """Return one picture of several. columns: from the left, each from the top, as caption and picture."""
    page = browser.new_page(viewport={"width": 400 * len(columns), "height": 400})
    inside = "".join(f"<div>{''.join(_figure(*one) for one in column)}</div>" for column in columns)
    page.set_content(f"<!doctype html><style>{STYLE % PAPER[scheme]}</style>{inside}")
    box = page.locator("body").bounding_box()
    if box is not None:
        page.set_viewport_size({"width": int(box["width"]), "height": int(box["height"])})
    picture = in_few_colours(page, page.screenshot(full_page=True))
    page.close()
    return picture


def _figure(caption: str, picture: bytes) -> str:
    return f'<figure><figcaption>{escape(caption)}</figcaption><img src="{_address(picture)}"></figure>'


def _address(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def in_few_colours(page: Page, picture: bytes) -> bytes:
    """Return a picture in the colours that matter: the browser finds them, but writes full colour only."""
    found = page.evaluate(FEW_COLOURS, [_address(picture), COLOURS])
    width, height, dots = found["width"], found["height"], b64decode(found["dots"])
    lines = b"".join(b"\0" + dots[at * width : (at + 1) * width] for at in range(height))
    colours = b"".join(struct.pack("<I", colour & 0xFFFFFFFF)[:3] for colour in found["colours"])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", colours),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    """Source: the PNG specification, section 5.3."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
