export default function Stub() { return <p>feed/feed-page</p>; }
