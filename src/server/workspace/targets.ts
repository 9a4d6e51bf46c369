import type { Connection } from '../lsp';
import type { Environments } from '../../core/environments';
import { fileLimitBytes } from '../../core/fileLimits';
import { type LocatedTarget, type Target, targetsPath } from '../../core/target';
import { targetAtPace } from '../../core/targets';
import { readTargets, type TargetsReading } from '../../core/targetsReading';
import { unreadText } from '../../files/fileReading';
import { filePath } from '../filePath';
import type { Folders } from './folders';
import type { TextReading, Texts } from './texts';

type FolderTargets = Pick<Extract<TargetsReading, { kind: 'targets' }>, 'targets' | 'environments'>;

/** The targets of each workspace folder, read once and kept until they are forgotten. */
export class Targets {
  readonly #known = new Map<string, Promise<FolderTargets>>();

  constructor(
    private readonly connection: Connection,
    private readonly folders: Folders,
    private readonly texts: Texts,
  ) {}

  /** Those in force for a workspace folder: the same list until they change. */
  async of(folder: string): Promise<readonly LocatedTarget[]> {
    return (await this.#of(folder)).targets;
  }

  /** The environments in force for the workspace folder of a file. */
  async environmentsOf(uri: string): Promise<Environments> {
    const place = this.folders.place(uri);
    return place ? (await this.#of(place.folder)).environments : new Map();
  }

  async #of(folder: string): Promise<FolderTargets> {
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
    return place && targetAtPace(place.path, await this.of(place.folder));
  }

  /** The text of the `.lambda/targets.json` in force for a folder. */
  async text(folder: string): Promise<TextReading> {
    return this.texts.read(`${folder}/${targetsPath}`, fileLimitBytes.targets);
  }

  /** Reads them anew when they are asked for next. */
  forget(): void {
    this.#known.clear();
  }

  async #read(folder: string): Promise<FolderTargets> {
    const file = await this.text(folder);
    const none = { targets: [], environments: new Map() };
    if (file.kind === 'missing') return none;
    const reading = file.kind === 'text' ? readTargets(file.text) : undefined;
    if (reading?.kind === 'targets') return reading;
    // Nobody can say which target a payload has, and so which schema.
    const reason = file.kind === 'text' ? reading?.reason : unreadText(file);
    this.connection.console.warn(`${filePath(folder) ?? folder}/${targetsPath}: ${reason}`);
    return none;
  }
}
