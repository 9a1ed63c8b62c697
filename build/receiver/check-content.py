"""Checks the opened content of a dossier: the event chain, every file that dossier.json names, and that shown.json says
of the citizen's screen what the events say. What the training program sealed is refused unless `--training` asks for it, and
then nothing else is taken.

Written from docs/protocols/sealed-dossier.md with Python's standard library alone. Usage: check-content.py [--training] FOLDER
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
    links = []
    with open(path, encoding='utf-8', newline='\n') as lines:
        for line in lines:
            count = len(links) + 1
            link = json.loads(line, parse_int=Number, parse_float=Number)
            record = {name: link[name] for name in ('n', 'at', 'event')}
            found = hashlib.sha256((previous + '\n' + canonical(record)).encode('utf-8')).hexdigest()
            if link['n'] != str(count) or link['previousHash'] != previous or link['hash'] != found:
                fail('the event chain breaks at event %d' % count)
            previous = found
            links.append(link)
    return links, previous


def check_shown(path, described, links, portraits):
    with open(path, encoding='utf-8') as file:
        shown = json.load(file)
    if len(shown['showings']) != described['count']:
        fail('not as many showings as dossier.json says')
    showings = {}
    for each in shown['showings']:
        event = event_of(each, links, ('shown',))
        what = dict(each['what'])
        if what['kind'] == 'page':
            if ('portrait' in what) != ('portrait' in event['what']) or what.get('portrait') not in [None, *portraits]:
                fail('a page was shown with a picture that is not there')
            what.pop('portrait', None)
        said = {name: value for name, value in event['what'].items() if what['kind'] != 'page' or name != 'portrait'}
        if what != said or any(each[name] != event[name] for name in ('language', 'lines', 'heard')):
            fail('shown otherwise than event %d says' % each['event'])
        showings[each['event']] = what
    for each in shown['answers']:
        event = event_of(each, links, ('answered',) if each['kind'] == 'detail' else ('pageConfirmed',))
        names = ('field', 'value', 'answer', 'by') if each['kind'] == 'detail' else ('by',)
        if any(each[name] != event[name] for name in names):
            fail('answered otherwise than event %d says' % each['event'])
        if 'showing' not in each:
            if each['by'] != 'officer':
                fail('event %d answers what was not shown' % each['event'])
            continue
        what = showings.get(each['showing'], {'kind': 'none'})
        seen = what['details'] if what['kind'] == 'page' else [what]
        detail = {name: each.get(name) for name in ('field', 'value')}
        right = what['kind'] == 'page' if each['kind'] == 'page' else any(
            {name: one.get(name) for name in ('field', 'value')} == detail for one in seen)
        if not right or each['showing'] >= each['event']:
            fail('event %d answers what was not shown' % each['event'])
    told = [each['event'] for each in shown['showings'] + shown['answers']]
    happened = [int(link['n']) for link in links if link['event']['type'] in ('shown', 'answered', 'pageConfirmed')]
    if sorted(told) != happened:
        fail('shown.json does not tell of every showing and answer once')


def event_of(told, links, types):
    n = told['event']
    link = links[n - 1] if 0 < n <= len(links) else None
    if link is None or link['event']['type'] not in types or link['at'] != told['at']:
        fail('shown.json tells of event %d what did not happen' % n)
    return link['event']


def named_files(value):
    if isinstance(value, dict):
        if 'file' in value and 'sha256' in value:
            yield value
        for each in value.values():
            yield from named_files(each)
    elif isinstance(value, list):
        for each in value:
            yield from named_files(each)


def check_training(dossier, wanted):
    if dossier.get('training', True) is not True:
        fail('training is there and not true')
    if ('training' in dossier) != dossier['number'].startswith('LT-0000-'):
        fail('the number and the mark of training contradict each other')
    if 'training' in dossier and not wanted:
        fail('a file of the training program: nobody in it exists')
    if 'training' not in dossier and wanted:
        fail('not a file of the training program')


def main(folder, training):
    with open(os.path.join(folder, 'dossier.json'), encoding='utf-8') as file:
        dossier = json.load(file)
    check_training(dossier, training)
    events = dossier['events']
    links, head = check_chain(os.path.join(folder, events['file']))
    count = len(links)
    if (count, head) != (events['count'], events['head']):
        fail('events.jsonl does not end where dossier.json says')
    named = {'dossier.json', events['file']}
    for each in named_files(dossier):
        with open(os.path.join(folder, each['file']), 'rb') as file:
            content = file.read()
        if len(content) != each['size'] or hashlib.sha256(content).hexdigest() != each['sha256']:
            fail('not as described: ' + each['file'])
        named.add(each['file'])
    portraits = [portrait['file'] for portrait in dossier['portraits']]
    check_shown(os.path.join(folder, dossier['shown']['file']), dossier['shown'], links, portraits)
    present = {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}
    if present != named:
        fail('files missing or not named: ' + ', '.join(sorted(present ^ named)))
    print(json.dumps({'number': dossier['number'], 'events': count, 'head': head, 'files': sorted(named)}))


main(sys.argv[-1], sys.argv[1] == '--training')
