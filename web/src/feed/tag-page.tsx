export default function Stub() { return <p>feed/tag-page</p>; }
