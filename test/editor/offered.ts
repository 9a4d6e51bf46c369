/** The commands that work anywhere, in the order of their titles. */
const always = [
  'Check Permission (Dry Run)',
  // These three are the editor's own.
  'Focus on Failed Events View',
  'Focus on Invocations View',
  'Focus on Payloads View',
  'Invoke (Event)',
  'Invoke Async',
  'Invoke and Wait',
  'Open Example…',
  'Select Profile and Region',
  'Send Each Line…',
  'Show Failed Events…',
  'Show Output',
  'Tail Logs…',
];

/** What the palette should offer: what works anywhere, and these. */
export function offered(...more: readonly string[]): string[] {
  return [...always, ...more].toSorted();
}

/** What needs a folder. */
export const ofFolder = [
  'Configure Local Lambda',
  'Debug with This Payload',
  'Find Uses of InvokeAsync in Workspace',
  'Import Test Events from the Console…',
  'New Payload…',
  'Replace All Uses of InvokeAsync…',
  'Save Event as Payload…',
  'Select Environment',
  'Send with Step Functions…',
  'Start Local Lambda',
];

/** What needs an invocation in the list. */
export const ofInvocations = ['Clear Invocations', 'Filter Invocations…', 'Follow Logs'];
