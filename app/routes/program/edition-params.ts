import { z } from 'zod'
import { TEXT_KINDS, type TextKind } from '../../ui/library-words'

/** The address of a version of the library. */
export const editionParams = z.object({ kind: z.enum(Object.keys(TEXT_KINDS) as [TextKind, ...TextKind[]]), slug: z.string().max(64), version: z.string().max(16) })
