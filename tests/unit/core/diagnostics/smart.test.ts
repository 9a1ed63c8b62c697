import { expect, test } from 'vitest'
import { smartFigures } from '#core/diagnostics/checks/smart.ts'

test('an ATA disk tells its sectors, whatever else stands in the table', () => {
  const said = JSON.stringify({
    json_format_version: [1, 0],
    smart_status: { passed: true },
    temperature: { current: 38 },
    ata_smart_attributes: {
      revision: 16,
      table: [
        { id: 5, name: 'Reallocated_Sector_Ct', value: 100, raw: { value: 12, string: '12' } },
        { id: 9, name: 'Power_On_Hours', value: 98, raw: { value: 10_411, string: '10411' } },
        { id: 197, name: 'Current_Pending_Sector', value: 100, raw: { value: 2, string: '2' } },
        { id: 198, name: 'Offline_Uncorrectable', value: 100, raw: { value: 1, string: '1' } },
      ],
    },
  })
  expect(smartFigures(said)).toEqual({
    smartPassed: 1,
    temperatureC: 38,
    smartReallocatedSectors: 12,
    smartUnreadableSectors: 3,
  })
})

test('an NVMe disk tells its wear and errors', () => {
  const said = JSON.stringify({
    smart_status: { passed: false, nvme: { value: 4 } },
    nvme_smart_health_information_log: { critical_warning: 4, percentage_used: 101, media_errors: 7, temperature: 44 },
  })
  expect(smartFigures(said)).toEqual({ smartPassed: 0, smartWearPercent: 101, smartMediaErrors: 7 })
})

test('a disk that smartctl may not open, and words that are no JSON, tell nothing', () => {
  const refused = { smartctl: { exit_status: 2, messages: [{ string: 'Permission denied', severity: 'error' }] } }
  for (const said of [JSON.stringify(refused), 'smartctl: command failed', '', 'null', '[]', '{"smart_status":7}'])
    expect(smartFigures(said), said).toEqual({})
})
