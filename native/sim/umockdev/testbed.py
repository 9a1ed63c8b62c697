"""A simulated hidraw device for a child process, bridged to a simulator's Unix socket.

usage: umockdev-wrapper python3 testbed.py '{"socket", "vendor", "product", "name", "descriptor"}' command [argument ...]

vendor and product are four hexadecimal digits, descriptor is the HID report descriptor in hexadecimal. umockdev gives
the child a pty as /dev/hidraw0: output reports arrive there with their report id in front, input reports are lines of
the terminal that end with its end-of-file character, so that each read is one report as on a real hidraw.
"""

import fcntl
import json
import os
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import tty

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev  # noqa: E402

NODE = "/dev/hidraw0"
USB = "/devices/pci0000:00/0000:00:14.0/usb1/1-1"
REPORT = 64
# The number of a pty's other end; Python learns os.ptsname only in 3.13.
TIOCGPTN = 0x80045430


INTERFACE = f"{USB}/1-1:1.0"


def hid_path(spec):
    return f"{INTERFACE}/0003:{spec['vendor'].upper()}:{spec['product'].upper()}.0001"


def describe(spec):
    vendor, product = spec["vendor"].upper(), spec["product"].upper()
    return f"""P: {USB}
N: bus/usb/001/002
E: DEVNAME=/dev/bus/usb/001/002
E: DEVTYPE=usb_device
E: SUBSYSTEM=usb
A: idVendor={vendor.lower()}
A: idProduct={product.lower()}
A: manufacturer=Simulator
A: product={spec["name"]}
A: bcdDevice=0100

P: {INTERFACE}
E: DEVTYPE=usb_interface
E: SUBSYSTEM=usb
A: bInterfaceNumber=00

P: {hid_path(spec)}
E: SUBSYSTEM=hid
E: HID_ID=0003:0000{vendor}:0000{product}
E: HID_NAME={spec["name"]}
E: HID_UNIQ=
E: HID_PHYS=usb-0000:00:14.0-1/input0
H: report_descriptor={spec["descriptor"].upper()}

P: {hid_path(spec)}/hidraw/hidraw0
N: hidraw0
E: DEVNAME={NODE}
E: SUBSYSTEM=hidraw
"""


def make_testbed(spec):
    testbed = UMockdev.Testbed.new()
    testbed.add_from_string(describe(spec))
    size = struct.pack("<I", len(spec["descriptor"]) // 2).hex().upper()
    with tempfile.NamedTemporaryFile("w", suffix=".ioctl") as answers:
        answers.write(f"@DEV {NODE}\nHIDIOCGRDESCSIZE 0 {size}\n")
        answers.flush()
        testbed.load_ioctl(NODE, answers.name)
    return testbed


def pts_number(master):
    number = bytearray(4)
    fcntl.ioctl(master, TIOCGPTN, number)
    return struct.unpack("I", number)[0]


END, LITERALLY = b"\x04", b"\x16"
SPECIAL = re.compile(b"[\x04\x16\n]")


def hand_out_lines(slave):
    """Raw but for its lines: a read gets the next one whole and nothing of those behind it."""
    attributes = termios.tcgetattr(slave)
    attributes[3] |= termios.ICANON | termios.IEXTEN
    attributes[6] = [b"\0"] * len(attributes[6])
    attributes[6][termios.VEOF] = END
    attributes[6][termios.VLNEXT] = LITERALLY
    termios.tcsetattr(slave, termios.TCSANOW, attributes)


def as_line(report):
    return SPECIAL.sub(lambda found: LITERALLY + found.group(), report) + END


def bridge(master, device, child):
    os.set_blocking(master, False)
    to_device, to_host, lines = b"", b"", b""
    while child.poll() is None:
        # Little is taken beforehand: a scanner must notice that its host is slow.
        sources = [master] if lines else [master, device]
        readable, writable, _ = select.select(sources, [master] if lines else [], [], 0.05)
        if master in readable:
            to_device += os.read(master, 65536)
            while len(to_device) > REPORT:
                device.sendall(to_device[1 : REPORT + 1])
                to_device = to_device[REPORT + 1 :]
        if master in writable:
            lines = lines[os.write(master, lines) :]
        if device in readable:
            chunk = device.recv(32 * REPORT)
            if not chunk:
                return
            to_host += chunk
            whole = len(to_host) - len(to_host) % REPORT
            lines = b"".join(as_line(to_host[at : at + REPORT]) for at in range(0, whole, REPORT))
            to_host = to_host[whole:]


def main():
    spec, command = json.loads(sys.argv[1]), sys.argv[2:]
    testbed = make_testbed(spec)
    master = testbed.get_dev_fd(NODE)
    tty.setraw(master)
    # Held open here, so that the line does not look dead before the child opens it.
    slave = os.open(f"/dev/pts/{pts_number(master)}", os.O_RDWR | os.O_NOCTTY)
    hand_out_lines(slave)
    device = socket.socket(socket.AF_UNIX)
    device.connect(spec["socket"])
    child = subprocess.Popen(command)
    signal.signal(signal.SIGTERM, lambda *_: child.kill())
    try:
        try:
            bridge(master, device, child)
        except ConnectionError:
            pass
        if child.poll() is None:
            # The simulator cut the line while the child lives: unplugged.
            testbed.remove_device(f"/sys{hid_path(spec)}/hidraw/hidraw0")
            os.close(slave)
            os.close(master)
        return child.wait()
    finally:
        if child.poll() is None:
            child.kill()


sys.exit(main())
