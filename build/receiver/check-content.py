"""Checks the opened content of a dossier: the event chain and every file that dossier.json names.

Written from docs/protocols/sealed-dossier.md with Python's standard library alone. Usage: check-content.py FOLDER
"""
import hashlib
import json
import os
import re
import sys


class Number(str):
    """A number as it stands in the text: the hash is over that text."""


def canonical(value):
    if isinstance(value, Number):
        return str(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
        return re.sub('[\ud800-\udfff]', lambda half: '\\u%04x' % ord(half.group()), text)
    if isinstance(value, list):
        return '[' + ','.join(canonical(each) for each in value) + ']'
    names = sorted(value, key=lambda name: name.encode('utf-16-be', 'surrogatepass'))
    return '{' + ','.join(canonical(name) + ':' + canonical(value[name]) for name in names) + '}'


def fail(message):
    sys.exit('check-content: ' + message)


def check_chain(path):
    previous = '0' * 64
    count = 0
    with open(path, encoding='utf-8', newline='\n') as lines:
        for line in lines:
            count += 1
            link = json.loads(line, parse_int=Number, parse_float=Number)
            record = {name: link[name] for name in ('n', 'at', 'event')}
            found = hashlib.sha256((previous + '\n' + canonical(record)).encode('utf-8')).hexdigest()
            if link['n'] != str(count) or link['previousHash'] != previous or link['hash'] != found:
                fail('the event chain breaks at event %d' % count)
            previous = found
    return count, previous


def named_files(value):
    if isinstance(value, dict):
        if 'file' in value and 'sha256' in value:
            yield value
        for each in value.values():
            yield from named_files(each)
    elif isinstance(value, list):
        for each in value:
            yield from named_files(each)


def main(folder):
    with open(os.path.join(folder, 'dossier.json'), encoding='utf-8') as file:
        dossier = json.load(file)
    events = dossier['events']
    count, head = check_chain(os.path.join(folder, events['file']))
    if (count, head) != (events['count'], events['head']):
        fail('events.jsonl does not end where dossier.json says')
    named = {'dossier.json', events['file']}
    for each in named_files(dossier):
        with open(os.path.join(folder, each['file']), 'rb') as file:
            content = file.read()
        if len(content) != each['size'] or hashlib.sha256(content).hexdigest() != each['sha256']:
            fail('not as described: ' + each['file'])
        named.add(each['file'])
    present = {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}
    if present != named:
        fail('files missing or not named: ' + ', '.join(sorted(present ^ named)))
    print(json.dumps({'number': dossier['number'], 'events': count, 'head': head, 'files': sorted(named)}))


main(sys.argv[1])
