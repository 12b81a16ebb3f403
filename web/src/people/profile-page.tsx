export default function Stub() { return <p>people/profile-page</p>; }
