export default function Stub() { return <p>question/questions-page</p>; }
