import { createContext } from 'react'

/** The nonce of this answer's scripts and styles; empty in the browser. */
export const NonceContext = createContext('')
