/** Something that is kept and can't be read: malformed, written by hand, or by a later version of the desk. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
  /** Which item, by our own ids alone: `OUT#03 evt_…#per_…#000002#-`. */
  readonly subject: string;
  /** @param why which parts of it, or which version; never what stands in them */
  constructor(subject: string, why: string) {
    super(why);
    this.subject = subject;
  }
}
