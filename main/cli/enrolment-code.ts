export interface CentreFound {
  host: string;
  port: number;
  database: string;
  tls: 'verify-full' | 'off';
  ca?: string;
}
/** What a person types in once at the station: the password in it works until the station has chosen its own. */
export const codeFor = (
  centre: CentreFound,
  login: { role: string; password: string },
  valid_days: number,
): string =>
  `MW1.${Buffer.from(
    JSON.stringify({
      ...centre,
      user: login.role,
      password: login.password,
      expires_at_ms: Date.now() + valid_days * 86_400_000,
    }),
  ).toString('base64url')}`;
