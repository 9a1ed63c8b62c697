"""Reads a finger minutiae record of ISO/IEC 19794-2:2005 (record format, clause 7) byte by byte.

Written from the published layout with Python's standard library alone; nothing of the writer is used.
Usage: read_fmr.py FILE... Prints a line of JSON for each file: what was read, or its first fault; then the exit code is 1.
"""
import json
import sys


class Fault(Exception):
    pass


def demand(condition, message):
    if not condition:
        raise Fault(message)


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size, what):
        demand(self.at + size <= len(self.data), 'the record ends within ' + what)
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size, what):
        return int.from_bytes(self.take(size, what), 'big')


def read_header(source):
    """7.3: 24 bytes."""
    demand(source.take(4, 'the format identifier') == b'FMR\0', 'the format identifier is not FMR')
    demand(source.take(4, 'the version') == b' 20\0', 'the version is not 20')
    demand(source.number(4, 'the length') == len(source.data), 'the length is not that of the record')
    equipment = source.number(2, 'the capture equipment')
    width, height = source.number(2, 'the width'), source.number(2, 'the height')
    across, down = source.number(2, 'the resolution'), source.number(2, 'the resolution')
    views = source.number(1, 'the number of views')
    demand(source.number(1, 'the reserved byte') == 0, 'the reserved byte is not 0')
    demand(width > 0 and height > 0, 'a picture without size')
    demand(across >= 98 and down >= 98, 'the resolution is below 98 pixels per centimetre')
    demand(views > 0, 'no view')
    return views, {'certification': equipment >> 12, 'device': equipment & 0xfff, 'width': width, 'height': height,
                   'resolution': [across, down]}


def read_minutia(source, width, height):
    """7.4.2: 6 bytes."""
    first, second = source.number(2, 'a minutia'), source.number(2, 'a minutia')
    angle, quality = source.number(1, 'a minutia'), source.number(1, 'a minutia')
    kind, x, y = first >> 14, first & 0x3fff, second & 0x3fff
    demand(kind < 3, 'a minutia of a reserved type')
    demand(second >> 14 == 0, 'the reserved bits of a minutia are not 0')
    demand(x < width and y < height, 'a minutia outside the picture')
    demand(quality <= 100, 'the quality of a minutia is over 100')
    return {'type': ('other', 'ending', 'bifurcation')[kind], 'x': x, 'y': y, 'angle': angle * 360 / 256,
            'quality': quality}


def read_extended(source):
    """7.5: areas of a type and a length that counts its own header of four bytes."""
    left, areas = source.number(2, 'the length of the extended data'), []
    while left > 0:
        kind, length = source.number(2, 'extended data'), source.number(2, 'extended data')
        demand(kind != 0, 'extended data of type 0')
        demand(4 < length <= left, 'extended data of an impossible length')
        source.take(length - 4, 'extended data')
        areas.append({'type': kind, 'length': length})
        left -= length
    return areas


def read_view(source, width, height):
    """7.4.1: 4 bytes, then the minutiae, then the extended data."""
    position, both = source.number(1, 'a view'), source.number(1, 'a view')
    quality, count = source.number(1, 'a view'), source.number(1, 'a view')
    demand(position <= 10, 'no such finger')
    demand(both & 15 in (0, 1, 2, 3, 8), 'no such impression')
    demand(quality <= 100, 'the quality of a view is over 100')
    minutiae = [read_minutia(source, width, height) for _ in range(count)]
    return {'position': position, 'view': both >> 4, 'impression': both & 15, 'quality': quality, 'minutiae': minutiae,
            'extended': read_extended(source)}


def read_record(data):
    source = Bytes(data)
    count, out = read_header(source)
    views = [read_view(source, out['width'], out['height']) for _ in range(count)]
    demand(source.at == len(data), 'there are bytes after the last view')
    for position in {view['position'] for view in views}:
        numbers = [view['view'] for view in views if view['position'] == position]
        demand(numbers == list(range(len(numbers))), 'the views of a finger are not counted from 0')
    return {**out, 'views': views}


def main():
    faults = 0
    for path in sys.argv[1:]:
        with open(path, 'rb') as file:
            data = file.read()
        try:
            print(json.dumps(read_record(data)))
        except Fault as fault:
            faults += 1
            print(json.dumps({'fault': str(fault)}))
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
