export default function Stub() { return <p>session/sign-in-page</p>; }
