/** What all messages have in common. */
export interface MailSettings {
  /** The address of From and of ORGANIZER. It never changes: strict receivers refuse an update by another organizer. */
  readonly from: string;
  /** The address where a person of the desk reads what is written to it. */
  readonly contact: string;
}

/** How From and ORGANIZER are shown. */
export const DESK_NAME = 'Training desk';
