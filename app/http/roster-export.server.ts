import { listStoredCompanies } from '../../db/companies.server'
import type { Db } from '../../db/database.server'
import { readRegister } from '../../db/register.server'

/** The register of one company, or of all, as an export needs it. */
export async function registerFor(db: Db, scope: string | null) {
  const companyCodes = scope === null ? [...(await listStoredCompanies(db)).keys()] : [scope]
  const { register } = await readRegister(db, { companyCodes, numbers: [] })
  return { register, companyCodes }
}
