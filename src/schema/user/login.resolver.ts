import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { LoginService } from '../../domain/user/login.service';
import type { SessionService } from '../../domain/user/session.service';
import type { RequestContext } from '../request-context';
import { IdArg, InputArg } from '../shared/arguments';
import { Url } from '../shared/scalars';
import { AuthPayload, KakaoCodeInput, KakaoLoginRequest } from './user.type';

@Resolver()
export class LoginResolver {
  constructor(
    private readonly login: LoginService,
    private readonly sessions: SessionService,
  ) {}

  @Mutation(() => KakaoLoginRequest, { description: '[public] the first of two steps, for a browser' })
  beginKakaoLogin(
    @Arg('redirectUri', () => Url, { description: 'Where Kakao sends the browser back, as configured.' })
    redirectUri: string,
  ) {
    return this.login.begin(redirectUri);
  }

  @Mutation(() => AuthPayload, {
    description: '[public] authorization code (web) with PKCE; UNAUTHENTICATED when it proves nobody',
  })
  async loginWithKakaoCode(
    @Ctx() context: RequestContext,
    @InputArg(() => KakaoCodeInput) input: KakaoCodeInput,
  ) {
    return context.identify(await this.login.withCode(input, context.userAgent));
  }

  @Mutation(() => AuthPayload, {
    description: '[public] access token obtained by a Kakao SDK (app); UNAUTHENTICATED when it proves nobody',
  })
  async loginWithKakaoToken(
    @Ctx() context: RequestContext,
    @Arg('accessToken', () => String, { description: "Kakao's, issued for our app." }) accessToken: string,
  ) {
    return context.identify(await this.login.withToken(accessToken, context.userAgent));
  }

  @Mutation(() => AuthPayload, {
    description: '[public] rotates; a reused token ends the whole session family. UNAUTHENTICATED then',
  })
  async refreshSession(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String, {
      description: 'The newest one; for 30 seconds also the one before, with the same next one.',
    })
    refreshToken: string,
  ) {
    return context.identify(await this.sessions.refresh(refreshToken));
  }

  @Mutation(() => Boolean, {
    description: '[public] by bearer or, after it expired, by refresh token; whether anything was ended',
  })
  logout(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String, { nullable: true, description: 'Read only without a valid bearer.' })
    refreshToken: string | null | undefined,
    @Arg('everywhere', () => Boolean, { defaultValue: false, description: "All of the user's sessions." })
    everywhere: boolean,
  ) {
    return this.sessions.logout(context.viewer, refreshToken ?? null, everywhere);
  }

  @Mutation(() => Boolean, { description: '[USER: own] ends it; true, or NOT_FOUND if it is not theirs' })
  revokeSession(@Ctx() context: RequestContext, @IdArg('session') id: string) {
    return this.sessions.revokeOwn(context.signedIn, id);
  }
}
