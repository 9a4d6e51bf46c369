import type { Connection } from 'vscode-languageserver/node';
import { fileLimitBytes } from '../../core/fileLimits';
import { Pace } from '../../core/pace';
import { type LocatedTarget, type Target, targetsPath } from '../../core/target';
import { targetAtPace } from '../../core/targets';
import { readTargets } from '../../core/targetsReading';
import { unreadText } from '../../files/fileReading';
import { filePath } from '../filePath';
import type { Folders } from './folders';
import type { TextReading, Texts } from './texts';

/** The targets of each workspace folder, read once and kept until they are forgotten. */
export class Targets {
  readonly #known = new Map<string, Promise<readonly LocatedTarget[]>>();

  constructor(
    private readonly connection: Connection,
    private readonly folders: Folders,
    private readonly texts: Texts,
  ) {}

  /** Those in force for a workspace folder: the same list until they change. */
  async of(folder: string): Promise<readonly LocatedTarget[]> {
    let targets = this.#known.get(folder);
    if (!targets) {
      targets = this.#read(folder);
      this.#known.set(folder, targets);
    }
    return targets;
  }

  /** The target of a payload file, from `.lambda/targets.json` or the folder it stands in. */
  async targetOf(uri: string): Promise<Target | undefined> {
    const place = this.folders.place(uri);
    return place && targetAtPace(place.path, await this.of(place.folder), new Pace());
  }

  /** The text of the `.lambda/targets.json` in force for a folder. */
  async text(folder: string): Promise<TextReading> {
    return this.texts.read(`${folder}/${targetsPath}`, fileLimitBytes.targets);
  }

  /** Reads them anew when they are asked for next. */
  forget(): void {
    this.#known.clear();
  }

  async #read(folder: string): Promise<readonly LocatedTarget[]> {
    const file = await this.text(folder);
    if (file.kind === 'missing') return [];
    const reading = file.kind === 'text' ? readTargets(file.text) : undefined;
    if (reading?.kind === 'targets') return reading.targets;
    // Nobody can say which target a payload has, and so which schema.
    const reason = file.kind === 'text' ? reading?.reason : unreadText(file);
    this.connection.console.warn(`${filePath(folder) ?? folder}/${targetsPath}: ${reason}`);
    return [];
  }
}
