import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from '../../core/problem';
import type { Schemas } from '../schemas/schemas';
import type { Check } from './diagnostics';

/** Schemas of payloads: says on the schema itself why no payload can be held against it. */
export class SchemaCheck implements Check {
  constructor(private readonly schemas: Schemas) {}

  async problems(document: TextDocument): Promise<readonly Problem[]> {
    const problem = this.schemas.problemOf(document.uri, document.getText());
    return problem ? [problem] : [];
  }
}
