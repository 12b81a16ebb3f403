export default function Stub() { return <p>post/post-page</p>; }
