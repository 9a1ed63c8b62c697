/** The ids of a scanner without a vendor of its own: the number that pid.codes leaves to private tests. */
export const testIds = { vendor: '1209', product: '0001' } as const

/** The report descriptor: vendor page FF00, one unnumbered input and one output report of 64 bytes. */
export const reportDescriptor = Uint8Array.from(
  [
    [0x06, 0x00, 0xff], // Usage Page (vendor FF00)
    [0x09, 0x01], // Usage (1)
    [0xa1, 0x01], // Collection (application)
    [0x15, 0x00], // Logical Minimum (0)
    [0x26, 0xff, 0x00], // Logical Maximum (255)
    [0x75, 0x08], // Report Size (8)
    [0x95, 0x40], // Report Count (64)
    [0x09, 0x02], // Usage (2)
    [0x81, 0x02], // Input (data, variable, absolute)
    [0x95, 0x40], // Report Count (64)
    [0x09, 0x03], // Usage (3)
    [0x91, 0x02], // Output (data, variable, absolute)
    [0xc0], // End Collection
  ].flat(),
)
