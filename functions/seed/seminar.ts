/** Sessions of the seminar's three days: day, start and length in minutes after 10 AM Eastern, title, track. */
export interface SeminarSession {
  readonly day: 0 | 1 | 2;
  readonly from: number;
  readonly minutes: number;
  readonly title: string;
  readonly track: 'Investigations' | 'Victim protection' | 'Prevention and supply chain' | null;
}

const INVESTIGATIONS = 'Investigations';
const PROTECTION = 'Victim protection';
const PREVENTION = 'Prevention and supply chain';

export const SEMINAR: readonly SeminarSession[] = [
  { day: 0, from: 0, minutes: 45, title: 'Opening: what changed this year', track: null },
  { day: 0, from: 60, minutes: 60, title: 'Following the money in labor trafficking', track: INVESTIGATIONS },
  { day: 0, from: 60, minutes: 45, title: 'Continued Presence from request to decision', track: PROTECTION },
  { day: 0, from: 60, minutes: 60, title: 'Forced labor in supply chains: withhold release orders', track: PREVENTION },
  { day: 0, from: 165, minutes: 90, title: 'Interview planning lab', track: INVESTIGATIONS },
  { day: 0, from: 165, minutes: 60, title: 'T and U visas: what officers sign', track: PROTECTION },
  { day: 0, from: 180, minutes: 45, title: 'Spotting indicators at the counter', track: PREVENTION },
  { day: 0, from: 240, minutes: 60, title: 'The first hour: helping a victim feel safe', track: PROTECTION },
  { day: 0, from: 270, minutes: 60, title: 'Case study: a hotel task force', track: INVESTIGATIONS },
  { day: 1, from: 0, minutes: 30, title: 'What survivors say helped', track: null },
  { day: 1, from: 45, minutes: 60, title: 'Digital evidence without the victim’s phone', track: INVESTIGATIONS },
  { day: 1, from: 45, minutes: 75, title: 'Forensic interviews: what agents can expect', track: PROTECTION },
  { day: 1, from: 45, minutes: 45, title: 'Blue Campaign materials people use', track: PREVENTION },
  { day: 1, from: 150, minutes: 60, title: 'Joint cases with state and tribal partners', track: INVESTIGATIONS },
  { day: 1, from: 165, minutes: 45, title: 'Working with interpreters', track: PROTECTION },
  { day: 1, from: 180, minutes: 60, title: 'Buying with a clean supply chain', track: PREVENTION },
  { day: 1, from: 240, minutes: 90, title: 'Tabletop: a farm labor case', track: INVESTIGATIONS },
  { day: 1, from: 240, minutes: 45, title: 'Looking after your own team', track: PROTECTION },
  { day: 2, from: 0, minutes: 60, title: 'From tip to case: triage that works', track: INVESTIGATIONS },
  { day: 2, from: 0, minutes: 45, title: 'Explaining Continued Presence in plain words', track: PROTECTION },
  { day: 2, from: 0, minutes: 60, title: 'Indicators in air passengers', track: PREVENTION },
  { day: 2, from: 75, minutes: 90, title: 'Parallel civil and criminal tools', track: INVESTIGATIONS },
  { day: 2, from: 75, minutes: 45, title: 'Finding services after hours', track: PROTECTION },
  { day: 2, from: 90, minutes: 60, title: 'Training your own component', track: PREVENTION },
  { day: 2, from: 210, minutes: 60, title: 'Immigration options side by side', track: PROTECTION },
  { day: 2, from: 210, minutes: 75, title: 'Import enforcement: building the record', track: PREVENTION },
  { day: 2, from: 315, minutes: 45, title: 'Closing: what we take home', track: null },
];
