export const usage = `npm run desk -- <command>

  devices [--devices FILE | --device DRIVER:ADDRESS] [--json]
      Opens the devices and tells their state. FILE is a devices.json; without either, ./devices.json if it is there.

  chip read --reader DRIVER:ADDRESS (--mrz-file FILE | --can N) [--portrait FILE] [--trust FILE…]
            [--timings] [--trace] [--json]
      Reads the chip of a card. FILE holds the three lines of the machine readable zone, N the six-digit access number.
      --trust, as often as wanted, names certificates to verify the chip by, this once.
      --timings tells for each file the APDUs, bytes, time on the wire and time of our own; --trace tells every APDU in
      hex, where [n] stands for n bytes that are not shown: nothing personal is in a trace. Both go to standard error, or
      into the result with --json; after a failure the trace goes to standard error in any case.

  chip trust import FILE --data DIR [--json]
      Takes root and link certificates (DER, PEM), a master list (.ml), an LDIF extract or revocation lists into the
      station in DIR. The program must be closed. The passphrase is asked for, or taken from QCC_PASSPHRASE.

  chip trust list --data DIR [--json]
      What chips are verified by at that station.

  diagnose [--data DIR] [--centre URL] [--ca FILE] [--devices FILE] [--json]
      What can be tested, the tests of the station, and the state of what is bound.

  diagnose station [--data DIR] [--centre URL] [--ca FILE] [--only SUBJECT,…] [--json]
      Tests disk, clock, network, keys, database and backlog: a verdict for each, what to do, and the figures. DIR is the
      data folder (without it the current one). Keys, database and backlog want the passphrase (asked for, or from
      QCC_PASSPHRASE) and a closed program. URL stands in place of the station's centre, FILE (PEM) in place of the
      certificates that it trusts beside the system's. Exit status 1 when anything does not work.

  diagnose centre [URL|none] [--ca FILE|none] --data DIR [--json]
      Tells, or sets, where files will go and which certificates are trusted there beside the system's.

  diagnose ports [--services] [--probe KEY] [--json]
      What is plugged in, whether a device of the station or not, and which of our drivers may fit. --services looks for
      biometric services on this machine as well; --probe asks the device of that key which driver it understands.

  diagnose parts [--data DIR] [--json]
      Displays, printers, TPM and keystore by what the system tells without windows (Linux; elsewhere 'only in the
      program'). Which display is the citizen's, and the tests of screen and printer, are in the technician's window.

  diagnose device [ID] [--devices FILE | --device DRIVER:ADDRESS] [--trace FILE] [--json]
      Tests one device, guided: what to do is said on standard error, Enter says that it was done, and what the device
      sees by itself needs no Enter. ID is that of devices.json and may be left out when there is one device only.
      --trace writes what went over its line. Exit status 1 when the device does not work.

  diagnose bundle --out DIR [--data DIR] [--devices FILE] [--json]
      Makes the support bundle (docs/protocols/support-bundle.md) of the station in the data folder DIR: one ZIP without
      personal data in the folder of --out, its signature beside it, and one page in Vietnamese with a code that can be
      read over the phone. Signed, and with the traces, only with the passphrase and a closed program.

  diagnose code CODE [--json]
      What such a code tells, with what to do. Spaces, dashes and small letters do not matter; a letter that was heard
      wrongly is noticed.

  diagnose trace [ID] [--devices FILE | --device DRIVER:ADDRESS] --out FILE [--seconds N] [--json]
      Opens one device and writes what goes over its line in N seconds (1-3600, default 10), or until Enter. Nothing
      personal is in a trace: docs/protocols/trace.md.

  finger capture --device DRIVER:ADDRESS --step right-four|left-four|two-thumbs --out DIR
                 [--quality N] [--patience SECONDS] [--json]
      Takes one flat picture: one PNG per finger, slap.png and quality.json in DIR. Each finger is to reach the
      quality N (0–100, default 40); after SECONDS (default 30) the picture is taken as it is.

  finger verify --device DRIVER:ADDRESS (--enrol FILE [--step flat-FINGER] [--times N] | --against FILE)
                [--quality N] [--patience SECONDS] [--json]
      One finger on any reader. --enrol takes N pictures (default 1) and puts as many ISO/IEC 19794-2 templates into FILE;
      --step says which finger they are of (default flat-right-index). --against tells whether the finger is one of those
      in FILE, and ends with FINGER_DIFFERS when it is not. Quality 0–100 (default 30), after SECONDS (default 30) what
      lies there is taken. Of small readers, which are fit for this only, nothing is accepted for the card.

  places import FILE --data DIR [--json]
      Checks a table of communes of before and after 1 July 2025 (docs/protocols/places.md) and takes it for the station in
      DIR in place of the one that comes with the program. It counts from the next start.

Examples
  npm run desk -- devices --devices /tmp/stage/devices.json --json
  npm run desk -- diagnose station --data ~/.config/quay-can-cuoc --json
  npm run desk -- diagnose device card-reader --devices /tmp/stage/devices.json
  npm run desk -- diagnose bundle --out /media/usb --data ~/.config/quay-can-cuoc
  npm run desk -- diagnose code 2020-h600-0k0g-0c
  npm run desk -- chip read --reader gempc-twin:/dev/ttyUSB0 --mrz-file mrz.txt --json
  npm run desk -- chip read --reader gempc-twin:/dev/ttyUSB0 --can 000123 --timings --trace
  npm run desk -- chip trust import csca.pem --data ~/.config/quay-can-cuoc
  npm run desk -- finger capture --device hid-image:/tmp/stage/fingerprint.sock --step right-four --out prints --json
  npm run desk -- finger verify --device zfm:/dev/ttyUSB0 --enrol index.fmr --times 3
  npm run desk -- finger verify --device zfm:/dev/ttyUSB0 --against index.fmr --json

Card readers: gempc-twin, acr122s, acr1281s, pn532 (a serial port each), pcsc (a reader's name or its beginning, or *).
Fingerprint readers: hid-image (enrolment), zfm (a GROW, ZFM, R30x or R503 module on a serial port; verification only).
An address is a serial port, vid:pid or a hidraw node of a HID device, or the socket of a simulator.
Exit status: 0 done · 1 failed, with a code, or a test says that something does not work · 2 not understood.
With --json: {"ok":true,"value":…} or {"ok":false,"error":{"code","step","retriable"}}.
`
