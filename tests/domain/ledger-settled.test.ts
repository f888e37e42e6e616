import { expect, it } from 'vitest'
import { OPEN_INSTANT } from '../../app/domain/calendar'
import { faultOfSettlement, type SettledDuty } from '../../app/domain/ledger/settled'

const RECORD = { at: 5, version: '1.0', route: 'screen' }
const OPEN: SettledDuty = { id: 'a', kind: 'module', settledAs: null, settledAt: OPEN_INSTANT, version: null, route: null, completed: null, exempted: false, declined: false }
const DONE: SettledDuty = { ...OPEN, settledAs: 'completed', settledAt: 5, version: '1.0', route: 'screen', completed: RECORD }

it.each<[string, SettledDuty, ReturnType<typeof faultOfSettlement>]>([
  ['an open duty', OPEN, undefined],
  ['one that ended or was withdrawn', { ...OPEN, settledAs: 'ended', settledAt: 5 }, undefined],
  ['one that was done', DONE, undefined],
  ['a pledge towards an employer', { ...DONE, kind: 'pledge', version: null, route: null, completed: { at: 5, version: null, route: null } }, undefined],
  ['one that was done without a record', { ...DONE, completed: null }, 'settledWithoutRecord'],
  ['one that was done another time', { ...DONE, settledAt: 6 }, 'settledOtherwise'],
  ['one that was done in another version', { ...DONE, version: '1.1' }, 'settledOtherwise'],
  ['one that was done another way', { ...DONE, route: null }, 'settledOtherwise'],
  ['an open one that was done', { ...OPEN, completed: RECORD }, 'recordNotSettled'],
  ['a withdrawn one that was done', { ...OPEN, settledAs: 'withdrawn', settledAt: 5, completed: RECORD }, 'recordNotSettled'],
  ['one exempted by a decision', { ...OPEN, settledAs: 'exempted', settledAt: 5, exempted: true }, undefined],
  ['one exempted by nobody', { ...OPEN, settledAs: 'exempted', settledAt: 5, declined: true }, 'settledWithoutRecord'],
  ['one that was declined', { ...OPEN, settledAs: 'declined', settledAt: 5, declined: true }, undefined],
  ['one exempted though it was done', { ...OPEN, settledAs: 'exempted', settledAt: 5, exempted: true, completed: RECORD }, 'recordNotSettled'],
  ['one declined at first and signed then', { ...OPEN, kind: 'pledge', settledAs: 'declined', settledAt: 5, declined: true, completed: RECORD }, 'recordNotSettled'],
  ['one declined by nobody', { ...OPEN, settledAs: 'declined', settledAt: 5, exempted: true }, 'settledWithoutRecord'],
])('%s', (_, duty, fault) => expect(faultOfSettlement(duty)).toBe(fault))
