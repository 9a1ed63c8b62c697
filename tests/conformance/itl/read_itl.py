"""Reads an ANSI/NIST-ITL 1-2011 transaction (traditional encoding) byte by byte and holds it against the published
layout: NIST SP 500-290, annex B for the separators, section 8 for the records. Type-2 is read by docs/protocols/itl.md.

Written from those documents with Python's standard library alone; nothing of the writer is used.
Usage: read_itl.py FILE... Prints a line of JSON for each file: what was read, or its first fault; then the exit code is 1.
"""
import datetime
import hashlib
import json
import re
import struct
import sys
import zlib

FS, GS, RS, US = b'\x1c', b'\x1d', b'\x1e', b'\x1f'
SLAPS = {13: {2, 3, 4, 5}, 14: {7, 8, 9, 10}, 15: {1, 6}}
FINGERS = set(range(1, 11))


class Fault(Exception):
    pass


def demand(condition, message):
    if not condition:
        raise Fault(message)


# How the items of a field are written: pattern over the whole item, after decoding.
A, N, ANS = r'[A-Za-z]', r'[0-9]', r'[ -~]'
DATE = r'(?:[0-9]{8})'
SIDE = r'[0-9]{2,5}'


def row(need, *items, repeat=False, least=None):
    """need: 'M' must be there, 'O' may be; least: how many items a subfield has at least."""
    return need, items, repeat, len(items) if least is None else least


U = r'(?s:.+)'
LAYOUT = {
    1: {
        1: row('M', N + '+'),
        2: row('M', r'050[012]'),
        3: row('M', N + '{1,2}', N + '{1,3}', repeat=True),
        4: row('M', A + '{1,16}'),
        5: row('M', DATE),
        6: row('O', '[1-9]'),
        7: row('M', ANS + '+'),
        8: row('M', ANS + '+'),
        9: row('M', ANS + '+'),
        10: row('O', ANS + '+'),
        11: row('M', r'[0-9]{2}\.[0-9]{2}'),
        12: row('M', r'[0-9]{2}\.[0-9]{2}'),
        13: row('O', ANS + '+', ANS + '+', least=1),
        14: row('O', r'[0-9]{14}Z'),
        15: row('O', N + '{1,3}', ANS + '{1,16}', ANS + '{1,16}', least=2),
    },
    # Our own domain, docs/protocols/itl.md.
    2: {
        1: row('M', N + '+'),
        2: row('M', N + '{1,2}'),
        101: row('M', ANS + '+'),
        102: row('M', '[0-9]{12}'),
        103: row('M', U),
        104: row('M', '[0-9]{4}(?:[0-9]{2}){0,2}'),
        105: row('M', '[MF]'),
        106: row('M', U, U),
        107: row('M', ANS + '+', ANS + '+'),
        108: row('O', N + '{1,2}', 'missing|bandaged|deformed|unreadable', U, repeat=True, least=2),
        109: row('O', 'TRAINING'),
    },
    10: {
        1: row('M', N + '+'),
        2: row('M', N + '{1,2}'),
        3: row('M', 'FACE'),
        4: row('M', U),
        5: row('M', DATE),
        6: row('M', SIDE),
        7: row('M', SIDE),
        8: row('M', '[012]'),
        9: row('M', N + '{1,5}'),
        10: row('M', N + '{1,5}'),
        11: row('M', 'NONE|JPEGB|JPEGL|JP2|JP2L|PNG'),
        12: row('M', 'UNK|GRAY|RGB|SRGB|YCC|SYCC'),
        13: row('M', '0|1|1[0-5]|20|30|32|40|42|5[0-2]'),
        20: row('O', '[FRLAD]'),
        999: row('M'),
    },
    14: {
        1: row('M', N + '+'),
        2: row('M', N + '{1,2}'),
        3: row('M', '[01]'),
        4: row('M', U),
        5: row('M', DATE),
        6: row('O', SIDE),
        7: row('O', SIDE),
        8: row('O', '[012]'),
        9: row('O', N + '{1,5}'),
        10: row('O', N + '{1,5}'),
        11: row('O', 'NONE|PNG'),
        12: row('O', '8'),
        13: row('M', N + '{1,2}'),
        18: row('O', N + '{1,2}', 'XX|UP', repeat=True),
        21: row('O', *[N + '{1,5}'] * 5, repeat=True),
        23: row('O', N + '{1,2}', N + '{1,3}', '[0-9A-F]{4}', N + '{1,5}', repeat=True),
        24: row('O', N + '{1,2}', N + '{1,3}', '[0-9A-F]{4}', N + '{1,5}', repeat=True),
        999: row('O'),
    },
}
WITH_IMAGE = range(6, 13)


def record_length(data, at, kind):
    """LEN of the record that starts here: 'T.001:' and its digits up to a group separator."""
    head = re.match(rb'(\d{1,2})\.001:(\d+)\x1d', data[at:at + 32])
    demand(head, 'no record with a length begins at byte %d' % at)
    demand(kind is None or int(head[1]) == kind, 'a record of Type-%d where CNT has Type-%s' % (int(head[1]), kind))
    return int(head[1]), int(head[2])


def split_fields(record, kind):
    """Field number to raw value, in the order of the bytes. Field 999 takes everything up to the last byte."""
    demand(record[-1:] == FS, 'Type-%d: its last byte is no file separator, LEN is wrong' % kind)
    body, at, fields = record[:-1], 0, {}
    while at < len(body):
        tag = re.match(rb'%d\.(\d{3}):' % kind, body[at:at + 8])
        demand(tag, 'Type-%d: no field begins at byte %d' % (kind, at))
        number, begin = int(tag[1]), at + len(tag[0])
        demand(number not in fields, '%d.%03d is there twice' % (kind, number))
        if number == 999:
            fields[number] = body[begin:]
            break
        end = body.find(GS, begin)
        demand(end < 0 or end + 1 < len(body), 'Type-%d ends with an empty field' % kind)
        fields[number] = body[begin:] if end < 0 else body[begin:end]
        at = len(body) if end < 0 else end + 1
    demand(list(fields)[0] == 1 and (kind == 1 or list(fields)[1] == 2), 'Type-%d does not begin with LEN and IDC' % kind)
    return fields


def read_items(kind, number, raw, charset):
    """A field as a list of subfields of items, each as the layout says."""
    need, patterns, repeat, least = LAYOUT[kind][number]
    name = '%d.%03d' % (kind, number)
    demand(raw, name + ' is empty')
    demand(not re.search(rb'[\x00-\x1d\x7f]', raw), name + ' holds a control character')
    try:
        text = raw.decode('ascii' if kind == 1 else charset)
    except UnicodeDecodeError:
        raise Fault('%s is not %s' % (name, 'ascii' if kind == 1 else charset))
    subfields = [subfield.split('\x1f') for subfield in text.split('\x1e')]
    demand(repeat or len(subfields) == 1, name + ' has several subfields')
    for items in subfields:
        demand(least <= len(items) <= len(patterns), '%s has %d items in a subfield' % (name, len(items)))
        for item, pattern in zip(items, patterns):
            demand(re.fullmatch(pattern, item), name + ' holds what it must not')
    return subfields


def read_record(record, kind, charset):
    raw = split_fields(record, kind)
    for number in raw:
        demand(number in LAYOUT[kind], '%d.%03d is no field of this record' % (kind, number))
    for number, (need, *_) in LAYOUT[kind].items():
        demand(need == 'O' or number in raw, '%d.%03d is missing' % (kind, number))
    fields = {number: read_items(kind, number, value, charset) for number, value in raw.items() if number != 999}
    demand(int(fields[1][0][0]) == len(record), '%d.001 is not the length of the record' % kind)
    return fields, raw.get(999)


def one(fields, number):
    return fields[number][0][0]


def day(text, name):
    try:
        return datetime.datetime.strptime(text, '%Y%m%d').date().isoformat()
    except ValueError:
        raise Fault(name + ' is no day')


def png_pixels(data, name):
    """Width, height, colour type and unfiltered rows of an 8-bit PNG without interlace; every CRC is checked."""
    demand(data[:8] == b'\x89PNG\r\n\x1a\n', name + ' is no PNG')
    at, packed, header, last = 8, b'', None, None
    while at < len(data):
        demand(at + 12 <= len(data), name + ': a chunk is cut off')
        size, tag = struct.unpack('>I4s', data[at:at + 8])
        demand(at + 12 + size <= len(data), name + ': a chunk is cut off')
        body = data[at + 8:at + 8 + size]
        demand(zlib.crc32(tag + body) == struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0], name + ': bad CRC')
        header = body if tag == b'IHDR' else header
        packed += body if tag == b'IDAT' else b''
        at, last = at + 12 + size, tag
    demand(last == b'IEND' and header is not None, name + ': the PNG is not whole')
    width, height, depth, colour, _, _, interlace = struct.unpack('>IIBBBBB', header)
    demand(depth == 8 and interlace == 0 and colour in (0, 2, 6), name + ': not an 8-bit PNG without interlace')
    channels = {0: 1, 2: 3, 6: 4}[colour]
    try:
        rows = zlib.decompress(packed)
    except zlib.error:
        raise Fault(name + ' does not inflate')
    stride = width * channels
    demand(len(rows) == (stride + 1) * height, name + ' does not decode to its width times its height')
    above, out = bytes(stride), []
    for y in range(height):
        start = y * (stride + 1)
        above = unfilter(rows[start], rows[start + 1:start + 1 + stride], above, channels, name)
        out.append(above)
    return width, height, colour, b''.join(out)


def unfilter(kind, row_, above, step, name):
    demand(kind <= 4, name + ': unknown PNG filter')
    if kind == 0:
        return row_
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(row_, above))
    out = bytearray(row_)
    for x in range(len(out)):
        left = out[x - step] if x >= step else 0
        corner = above[x - step] if x >= step else 0
        up = above[x]
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) // 2
        else:
            p = left + up - corner
            guess = min((left, up, corner), key=lambda each: abs(p - each))
        out[x] = (out[x] + guess) & 255
    return bytes(out)


def jpeg_size(data):
    demand(data[:2] == b'\xff\xd8' and data[-2:] == b'\xff\xd9', '10.999 is no whole JPEG')
    at = 2
    while at + 9 < len(data):
        marker, size = struct.unpack('>HH', data[at:at + 4])
        demand(marker >> 8 == 0xff and marker != 0xffda, '10.999: a scan before the frame')
        demand(not 0xffc1 <= marker <= 0xffc3, '10.999 is a JPEG that is not baseline')
        if marker == 0xffc0:
            depth, height, width, components = struct.unpack('>BHHB', data[at + 4:at + 10])
            demand(depth == 8, '10.999: not 8 bits')
            return width, height, components
        at += 2 + size
    raise Fault('10.999: a JPEG without a frame')


def finger_lists(fields, shown):
    absent = {int(f): code for f, code in fields.get(18, [])}
    segments = {int(f): [int(each) for each in rest] for f, *rest in fields.get(21, [])}
    qualities = {int(f): [int(score), vendor, int(product)] for f, score, vendor, product in fields.get(24, [])}
    for number, found in ((18, absent), (21, segments), (24, qualities)):
        demand(len(found) == len(fields.get(number, [])), '14.%03d names a finger twice' % number)
        demand(set(found) <= shown, '14.%03d names a finger that this picture cannot show' % number)
    for subfield in fields.get(23, []):
        demand(int(subfield[0]) in segments, '14.023 names a finger that 14.021 does not')
    demand(not set(absent) & set(segments) or all(absent[f] == 'XX' for f in set(absent) & set(segments)),
           '14.018 says UP of a finger that 14.021 shows')
    for _, score_vendor_product in qualities.items():
        score, _, product = score_vendor_product
        demand(score <= 100 or score in (254, 255), '14.024: no quality goes beyond 100')
        demand(1 <= product <= 65535, '14.024: no product')
    return absent, segments, qualities


def read_print(fields, image, idc):
    fgp = int(one(fields, 13))
    demand(fgp in SLAPS or fgp in FINGERS, '14.013 is no finger or slap')
    demand(fgp in FINGERS or one(fields, 3) == '0', '14.003: a slap is not rolled')
    demand(fgp in SLAPS or 21 not in fields, '14.021 is for slaps only')
    absent, segments, qualities = finger_lists(fields, SLAPS.get(fgp, {fgp}))
    out = {
        'idc': idc, 'fgp': fgp, 'impression': int(one(fields, 3)), 'source': one(fields, 4),
        'day': day(one(fields, 5), '14.005'), 'absent': absent, 'segments': segments, 'qualities': qualities,
    }
    if image is None:
        demand(not any(number in fields for number in WITH_IMAGE), 'Type-14 without a picture has its size')
        demand(absent and not segments and not qualities, 'Type-14 has neither a picture nor a reason')
        return out
    for number in WITH_IMAGE:
        demand(number in fields, '14.%03d is missing' % number)
    width, height = int(one(fields, 6)), int(one(fields, 7))
    demand(width >= 10 and height >= 10, '14.006 or 14.007 is below 10')
    across, down = int(one(fields, 9)), int(one(fields, 10))
    demand(one(fields, 8) == '1' and across == down and 490 <= across <= 1010, 'the resolution is not fit for prints')
    if one(fields, 11) == 'PNG':
        w, h, colour, pixels = png_pixels(image, '14.999')
        demand(colour == 0, '14.999 is not grey')
        demand((w, h) == (width, height), '14.999 is not as large as 14.006 and 14.007 say')
    else:
        pixels = image
        demand(len(image) == width * height, '14.999 is not as large as 14.006 and 14.007 say')
    for left, right, top, bottom in segments.values():
        demand(0 <= left < right <= width and 0 <= top < bottom <= height, '14.021 goes beyond the picture')
    return {**out, 'width': width, 'height': height, 'dpi': across, 'compression': one(fields, 11),
            'pixels': hashlib.sha256(pixels).hexdigest()}


def read_portrait(fields, image, idc):
    width, height = int(one(fields, 6)), int(one(fields, 7))
    algorithm, space = one(fields, 11), one(fields, 12)
    if algorithm == 'JPEGB':
        w, h, components = jpeg_size(image)
        gray = components == 1
    else:
        demand(algorithm == 'PNG', '10.011: this reader knows JPEGB and PNG')
        w, h, colour, _ = png_pixels(image, '10.999')
        gray = colour == 0
    demand((w, h) == (width, height), '10.999 is not as large as 10.006 and 10.007 say')
    demand(gray == (space == 'GRAY'), '10.012 is not the colour space of the picture')
    demand(int(one(fields, 9)) >= 1 and int(one(fields, 10)) >= 1, '10.009 or 10.010 is 0')
    return {'idc': idc, 'day': day(one(fields, 5), '10.005'), 'width': width, 'height': height, 'compression': algorithm,
            'colour': space, 'pose': one(fields, 20) if 20 in fields else None,
            'sha256': hashlib.sha256(image).hexdigest()}


def read_person(fields):
    birth = one(fields, 104)
    demand(len(birth) < 6 or 1 <= int(birth[4:6]) <= 12, '2.104: no such month')
    demand(len(birth) < 8 or day(birth, '2.104'), '2.104')
    exceptions = fields.get(108, [])
    demand(all(int(each[0]) in FINGERS for each in exceptions), '2.108: no such finger')
    demand(len({each[0] for each in exceptions}) == len(exceptions), '2.108 names a finger twice')
    return {'number': one(fields, 101), 'personalNumber': one(fields, 102), 'name': one(fields, 103), 'birthDate': birth,
            'sex': one(fields, 105), 'station': fields[106][0], 'program': fields[107][0], 'exceptions': exceptions,
            **({'training': True} if 109 in fields else {})}


def read_transaction(data):
    kind, length = record_length(data, 0, 1)
    demand(length <= len(data), '1.001 goes beyond the file')
    fields, _ = read_record(data[:length], 1, 'ascii')
    contents = [(int(a), int(b)) for a, b in fields[3]]
    demand(contents[0] == (1, len(contents) - 1), '1.003 does not count its records')
    idcs = [idc for _, idc in contents[1:]]
    demand(len(set(idcs)) == len(idcs), '1.003 gives one IDC to two records')
    kinds = [each for each, _ in contents[1:]]
    demand(set(kinds) <= {2, 10, 14} and kinds.count(2) == 1, '1.003: not the records of an enrolment')
    demand(one(fields, 11) == '00.00' and one(fields, 12) == '00.00', '1.011 and 1.012 are 00.00 without Type-3 to 7')
    charset = 'ascii'
    if 15 in fields:
        demand(int(fields[15][0][0]) == 3 and fields[15][0][1] == 'UTF-8', '1.015: this reader knows UTF-8')
        charset = 'utf-8'
    try:
        gmt = datetime.datetime.strptime(one(fields, 14), '%Y%m%d%H%M%SZ').isoformat() if 14 in fields else None
    except ValueError:
        raise Fault('1.014 is no time')
    out = {'version': one(fields, 2), 'type': one(fields, 4), 'day': day(one(fields, 5), '1.005'), 'gmt': gmt,
           'destination': one(fields, 7), 'origin': one(fields, 8), 'control': one(fields, 9),
           'domain': fields[13][0] if 13 in fields else None, 'contents': contents, 'prints': []}
    at = length
    for kind, idc in contents[1:]:
        _, length = record_length(data, at, kind)
        demand(at + length <= len(data), '%d.001 goes beyond the file' % kind)
        fields, image = read_record(data[at:at + length], kind, charset)
        demand(int(one(fields, 2)) == idc, '%d.002 is not the IDC that 1.003 gives' % kind)
        if kind == 2:
            out['person'] = read_person(fields)
        elif kind == 10:
            out['portrait'] = read_portrait(fields, image, idc)
        else:
            out['prints'].append(read_print(fields, image, idc))
        at += length
    demand(at == len(data), 'there are bytes after the last record')
    return out


def refuse_training(data, out, wanted):
    marked = out['person'].get('training', False)
    demand(marked == (out['destination'] == 'LUYEN-TAP'), '1.007 and 2.109 disagree on training')
    demand(marked == wanted, 'a file of the training program' if marked else 'not a file of the training program')
    return out


def main():
    faults = 0
    paths = [path for path in sys.argv[1:] if path != '--training']
    for path in paths:
        with open(path, 'rb') as file:
            data = file.read()
        try:
            print(json.dumps(refuse_training(data, read_transaction(data), '--training' in sys.argv)))
        except Fault as fault:
            faults += 1
            print(json.dumps({'fault': str(fault)}))
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
