import { beforeAll, expect, it } from 'vitest'
import { noteToEditor } from '../../app/commands/note-to-editor.server'
import { requestCorrection } from '../../app/commands/request-correction.server'
import { MINUTE_MS } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

onBothEngines('own words', (engine) => {
  let world: World
  beforeAll(async () => void (world = await World.make(engine)))

  it('are taken twenty at once, then one each three minutes, of each person', async () => {
    const [busy, other] = [await world.addPerson(), await world.addPerson()]
    const ask = async (person = busy) => {
      const answer = await requestCorrection(await world.contextOf(person), { subject: 'record', body: '違います' })
      return isRefusal(answer) ? answer : 'taken'
    }
    const note = async () => noteToEditor(await world.contextOf(busy), { kind: 'module', slug: 'M01', version: '1.0', section: 's', body: 'ここ' })
    const answers = []
    for (let at = 0; at < 20; at++) answers.push(at % 2 ? await ask() : await note())
    expect(answers.filter(isRefusal)).toEqual([])
    expect([await ask(), await note(), await ask(other)]).toEqual([{ refused: 'tooManyWords', facts: { minutes: 3 } }, { refused: 'tooManyWords', facts: { minutes: 3 } }, 'taken'])
    expect(await world.db.selectFrom('correction_request').select('id').where('person_id', '=', busy.personId).execute()).toHaveLength(10)
    world.now += 3 * MINUTE_MS
    expect([await ask(), isRefusal(await ask())]).toEqual(['taken', true])
  })
})
