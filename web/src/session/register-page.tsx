export default function Stub() { return <p>session/register-page</p>; }
