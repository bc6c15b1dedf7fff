import type { LiveEvent, LiveHearer, LiveListener } from './live-listener';

/** What the triggers of the migration `public_content` tell. */
const TOPIC = 'publicContent';

/**
 * Counts the changes of what anybody may read, whoever makes them: what was read under another version may be another one
 * now. Views are none.
 */
export class PublicContent implements LiveHearer {
  private changes = 0;

  /** `onChange` is called at each change that another process may have made. */
  constructor(
    private readonly listener: LiveListener,
    private readonly onChange: () => void,
  ) {
    listener.add(this);
  }

  /** Another one after every change that was heard of. */
  get version(): number {
    return this.changes;
  }

  /** Whether changes of other processes are heard of; asking is enough for that to begin. */
  get isHeard(): boolean {
    this.listener.start();
    return this.listener.isListening;
  }

  /** To be called once a change was committed here: the next request is not to wait for its notice. */
  note(): void {
    this.changes++;
  }

  changed({ topic }: LiveEvent): void {
    if (topic === TOPIC) this.missed();
  }

  missed(): void {
    this.changes++;
    this.onChange();
  }
}
