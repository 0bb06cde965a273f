"""What a visitor takes along and brings: files, the link, a name that can be written over."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

HERE = Path(__file__).parent


class Files(anywidget.AnyWidget):
    """Buttons that ask for a file, the page's link, and a file to open.

    Attributes
    ----------
    shown
        ``files`` (key and name of each), ``ready``, the link's ``query`` and texts.
    asked
        The file that was asked for last: ``key``, a running ``number``, and the page's address; from the browser.
    made
        The file that is ready: ``name``, ``kind`` and ``content`` (base64).
    brought
        A file that the visitor opened: ``size``, and ``content`` (base64) if it is not too large; from the browser.
    most
        Bytes that such a file may have.
    """

    _esm = HERE / "files.js"
    shown = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    made = traitlets.Dict().tag(sync=True)
    brought = traitlets.Dict().tag(sync=True)
    most = traitlets.Int(0).tag(sync=True)


class Name(anywidget.AnyWidget):
    """A field with a name.

    Attributes
    ----------
    value
        The name, which the browser may change.
    label
        What is named, for screen readers.
    most
        Letters that it may have.
    """

    _esm = HERE / "name.js"
    value = traitlets.Unicode("").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    most = traitlets.Int(40).tag(sync=True)
