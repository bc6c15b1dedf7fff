import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { LoginService } from '../../domain/user/login.service';
import type { SessionService } from '../../domain/user/session.service';
import type { RequestContext } from '../request-context';
import { Url } from '../shared/scalars';
import { AuthPayload, KakaoCodeInput, KakaoLoginRequest } from './user.type';

@Resolver()
export class LoginResolver {
  constructor(
    private readonly login: LoginService,
    private readonly sessions: SessionService,
  ) {}

  @Mutation(() => KakaoLoginRequest, {
    description: '[public] redirectUri must be one of the configured ones',
  })
  beginKakaoLogin(@Arg('redirectUri', () => Url) redirectUri: string) {
    return this.login.begin(redirectUri);
  }

  @Mutation(() => AuthPayload, { description: '[public] authorization code (web) with PKCE' })
  async loginWithKakaoCode(
    @Ctx() context: RequestContext,
    @Arg('input', () => KakaoCodeInput) input: KakaoCodeInput,
  ) {
    return context.identify(await this.login.withCode(input, context.userAgent));
  }

  @Mutation(() => AuthPayload, {
    description: '[public] access token obtained by a Kakao SDK (app); its app id is checked',
  })
  async loginWithKakaoToken(
    @Ctx() context: RequestContext,
    @Arg('accessToken', () => String) accessToken: string,
  ) {
    return context.identify(await this.login.withToken(accessToken, context.userAgent));
  }

  @Mutation(() => AuthPayload, {
    description: '[public] rotates; a reused token ends the whole session family',
  })
  async refreshSession(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String) refreshToken: string,
  ) {
    return context.identify(await this.sessions.refresh(refreshToken));
  }

  @Mutation(() => Boolean, { description: '[public] by bearer or, after it expired, by refresh token' })
  logout(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String, { nullable: true }) refreshToken: string | null | undefined,
    @Arg('everywhere', () => Boolean, { defaultValue: false }) everywhere: boolean,
  ) {
    return this.sessions.logout(context.viewer, refreshToken ?? null, everywhere);
  }

  @Mutation(() => Boolean, { description: '[USER: own]' })
  revokeSession(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string) {
    return this.sessions.revokeOwn(context.signedIn, id);
  }
}
