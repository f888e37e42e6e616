/** What a manager opens in the morning: the list of the own line, and for the head of the whole company the list of all below. */

/** Two ways: 上長 of the register by turns, and one head of the unit above all, made here; waits until the job has counted the large line. */
export async function managerFlows({ port, connection, doors, Client, uuidv7 }) {
  const [leading] = await connection.query('select distinct supervisor_engagement_id as id from engagement_current where supervisor_engagement_id is not null')
  const known = new Set(leading.map(({ id }) => id))
  const managers = doors.filter(({ engagement }) => known.has(engagement)).map(({ token }) => new Client(port, token))
  const [[root]] = await connection.query("select id from org_unit where code = 'U'")
  const [[change]] = await connection.query('select id from change_set limit 1')
  const head = doors.at(-1)
  await connection.query('insert into appointment (id, engagement_id, role, scope_kind, scope_id, delegated_from, valid_from, valid_to, recorded_at, superseded_at, recorded_by, superseded_by) values (?)', [
    [uuidv7(), head.engagement, 'unitHead', 'unit', root.id, null, '2020-04-01', '9999-12-31', 1, 253402300799999, change.id, null]])
  for (let wait = 0; ; wait++) {
    const [[counted]] = await connection.query('select count(*) as count from line_count where line_key = ?', [root.id])
    const [[{ people }]] = await connection.query('select count(*) as people from line_member where line_key = ?', [root.id])
    if (counted.count > 0 || people <= 1000) break
    if (wait > 120) throw new Error('The large line was not counted')
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  const all = new Client(port, head.token)
  return {
    manager: { once: (turn) => managers[turn % managers.length].page('/team') },
    'manager-all': { once: () => all.page('/team?tab=all') },
  }
}
