import { testRows, tested } from './fault-rows.ts'

testRows(tested.hid)
