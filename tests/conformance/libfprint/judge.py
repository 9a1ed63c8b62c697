"""Enrols a finger with libfprint's virtual image device and verifies others against it.

Reads {"enrol": [png, ...], "verify": [png, ...]} (paths) from standard input and prints one JSON object. The device
asks for FP_VIRTUAL_IMAGE, the path of a socket that it makes itself; what is written there is what its sensor sees.
"""

import json
import os
import socket
import struct
import sys
import zlib

import gi

gi.require_version("FPrint", "2.0")
from gi.repository import FPrint, Gio, GLib  # noqa: E402


def read_png(path):
    """An 8-bit grey PNG that is not interlaced and whose rows have filter 0 or 2."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    at, packed = 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert (depth, colour, interlace) == (8, 0, 0), "not plain grey"
        elif kind == b"pHYs":
            assert struct.unpack(">IIB", body) == (19685, 19685, 1), "not 500 dpi"
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    raw, rows, above = zlib.decompress(packed), [], bytes(width)
    for row in range(height):
        start = row * (width + 1)
        line = raw[start + 1 : start + 1 + width]
        if raw[start] == 2:
            line = bytes((value + up) & 255 for value, up in zip(line, above))
        else:
            assert raw[start] == 0, "unexpected filter"
        rows.append(line)
        above = line
    return width, height, b"".join(rows)


class Sensor:
    """The far end of the virtual device's socket."""

    def __init__(self, path):
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.line.connect(path)

    def show(self, path):
        width, height, pixels = read_png(path)
        self.line.sendall(struct.pack("ii", width, height) + pixels)


def main():
    work = json.load(sys.stdin)
    context = FPrint.Context()
    devices = [device for device in context.get_devices() if device.get_driver() == "virtual_image"]
    assert devices, "this libfprint has no virtual image device"
    device = devices[0]
    loop = GLib.MainContext.default()
    device.open_sync()
    sensor = Sensor(os.environ["FP_VIRTUAL_IMAGE"])
    facts = {"stages": device.get_nr_enroll_stages(), "retries": []}

    # Enrol: a picture is shown, and the next one when the stage is over.
    waiting = list(work["enrol"])
    done = {}
    give_up = Gio.Cancellable()

    def notify_stage(_device, stage, _print, error):
        if error is not None:
            facts["retries"].append(error.message)
        if waiting:
            sensor.show(waiting.pop(0))
        elif stage < facts["stages"]:
            give_up.cancel()

    def notify_enrolled(source, result):
        try:
            done["print"] = source.enroll_finish(result)
        except GLib.Error as error:
            done["error"] = error.message

    device.enroll(FPrint.Print.new(device), give_up, notify_stage, (), notify_enrolled)
    sensor.show(waiting.pop(0))
    while not done:
        loop.iteration(True)
    if "error" in done:
        print(json.dumps({**facts, "enrolled": False, "error": done["error"]}))
        return

    verdicts = []
    for path in work["verify"]:
        verdict = {}

        def notify_verified(source, result):
            try:
                verdict["match"] = source.verify_finish(result)[0]
            except GLib.Error as error:
                verdict["error"] = error.message

        device.verify(done["print"], None, None, (), notify_verified)
        sensor.show(path)
        while not verdict:
            loop.iteration(True)
        verdicts.append(verdict)
    device.close_sync()
    print(json.dumps({**facts, "enrolled": True, "verdicts": verdicts}))


def end_at_once(kind, error, trace):
    """An error in a callback would leave the loop waiting for ever."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


sys.excepthook = end_at_once
main()
