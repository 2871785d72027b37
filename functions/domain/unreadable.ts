/** Something that is kept and can't be read: malformed, written by hand, or by a later version of the desk. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
  /** Which item, named only by our own ids: `OUT#03 evt_…#per_…#000002#-`. */
  readonly subject: string;
  /** @param why which parts of it, or which version; never their content */
  constructor(subject: string, why: string) {
    super(why);
    this.subject = subject;
  }
}
