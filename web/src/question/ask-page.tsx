export default function Stub() { return <p>question/ask-page</p>; }
