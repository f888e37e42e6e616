import { readdirSync } from 'node:fs'
import ts from 'typescript'

/** What the payload of an evidence may hold under a key: words out of a closed list, or anything. */
export interface EvidenceKey {
  types: Set<string>
  /** The literals that the compiler knows; empty for free text, numbers and identifiers. */
  values: Set<string>
}

/** Every key that a command enters as evidence, however deep, with the values that its type allows: as the compiler sees them. */
export function evidenceKeys(): Map<string, EvidenceKey> {
  const folder = 'app/commands'
  const program = ts.createProgram(readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`), {
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, noEmit: true, skipLibCheck: true, jsx: ts.JsxEmit.ReactJSX, types: ['node'],
  })
  const checker = program.getTypeChecker()
  const found = new Map<string, EvidenceKey>()
  const note = (key: string, entry: string, values: readonly string[]) => {
    const known = found.get(key) ?? { types: new Set<string>(), values: new Set<string>() }
    known.types.add(entry)
    for (const value of values) known.values.add(value)
    found.set(key, known)
  }
  /** Literals written out in the payload itself, which the compiler widens to text. */
  const written = (node: ts.Node, entry: string): void => {
    if (ts.isPropertyAssignment(node)) {
      const values: string[] = []
      const literals = (one: ts.Expression): void => {
        if (ts.isStringLiteral(one)) values.push(one.text)
        else if (ts.isConditionalExpression(one)) [one.whenTrue, one.whenFalse].forEach(literals)
      }
      literals(node.initializer)
      note(node.name.getText(), entry, values.filter((value) => value !== ''))
    }
    if (!ts.isCallExpression(node)) ts.forEachChild(node, (child) => written(child, entry))
  }
  const walk = (type: ts.Type, key: string, entry: string, at: ts.Node, depth: number): void => {
    if (depth > 6) return
    for (const part of type.isUnion() ? type.types : [type]) {
      if (part.isStringLiteral()) note(key, entry, [part.value])
      else if (checker.isArrayType(part) || checker.isTupleType(part)) for (const item of checker.getTypeArguments(part as ts.TypeReference)) walk(item, key, entry, at, depth + 1)
      else if (part.flags & ts.TypeFlags.Object)
        for (const property of checker.getPropertiesOfType(part)) {
          note(property.name, entry, [])
          walk(checker.getTypeOfSymbolAtLocation(property, at), property.name, entry, at, depth + 1)
        }
    }
  }
  for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.includes(`${folder}/`))) {
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'recordEvidence') {
        const entry = node.arguments[2]
        if (entry && ts.isObjectLiteralExpression(entry)) {
          const of = (name: string) => entry.properties.find((one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && one.name.getText() === name)?.initializer
          const payload = of('payload')
          if (payload) written(payload, of('type')?.getText().replaceAll("'", '') ?? '')
          if (payload) walk(checker.getTypeAtLocation(payload), '', of('type')?.getText().replaceAll("'", '') ?? '', payload, 0)
        }
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return found
}
