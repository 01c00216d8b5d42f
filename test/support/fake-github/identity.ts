export type Access = 'read' | 'write';

export type Permissions = Readonly<Record<string, Access>>;

/** Who a token stands for, and what it may do. */
export interface Identity {
  readonly login: string;
  readonly type: 'Bot' | 'User';
  readonly permissions: Permissions;
}
