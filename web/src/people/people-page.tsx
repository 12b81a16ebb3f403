export default function Stub() { return <p>people/people-page</p>; }
