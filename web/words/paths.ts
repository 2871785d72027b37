/** The id of the control that a field error's path belongs to: `sessions.0.startsAt` is `f-sessions-0-startsAt`. */
export const idOf = (path: string): string => `f-${path.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`;
