export default function Stub() { return <p>status/status-page</p>; }
