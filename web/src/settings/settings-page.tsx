export default function Stub() { return <p>settings/settings-page</p>; }
