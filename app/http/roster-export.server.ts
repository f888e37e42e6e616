import { listStoredCompanies } from '../../db/companies.server'
import type { Db } from '../../db/database.server'
import { readRegister } from '../../db/register.server'

/** The register of one company, or of all, as an export needs it. */
export async function registerFor(db: Db, scope: string | null) {
  const companyCodes = scope === null ? [...(await listStoredCompanies(db)).keys()] : [scope]
  return { register: await registerOf(db, companyCodes), companyCodes }
}

/** The register of some companies. */
export const registerOf = async (db: Db, companyCodes: readonly string[]) => (await readRegister(db, { companyCodes: [...companyCodes], numbers: [] })).register
