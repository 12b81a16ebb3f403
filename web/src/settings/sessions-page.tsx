export default function Stub() { return <p>settings/sessions-page</p>; }
