/** Who can sign in at the local identity provider. Invented people; the address decides what they may do. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'staff' | 'trainer';
}

export const ACCOUNTS: readonly Account[] = [
  { id: 'amara', name: 'Amara Lindqvist', email: 'amara.lindqvist@ccht.example', role: 'staff' },
  { id: 'ruth', name: 'Ruth Castellan', email: 'ruth.castellan@ccht.example', role: 'trainer' },
  { id: 'marcus', name: 'Marcus Adeyemi-Hale', email: 'marcus.adeyemi-hale@ccht.example', role: 'trainer' },
  { id: 'ines', name: 'Ines Novak', email: 'ines.novak@ccht.example', role: 'trainer' },
];
