export function NeedsScript() {
  return (
    <noscript>
      <p className="alert">
        JavaScript를 켜야 이 양식을 보낼 수 있어요. 메일에 있는 링크는 그대로 쓸 수 있어요.
      </p>
    </noscript>
  );
}
