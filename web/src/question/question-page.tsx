export default function Stub() { return <p>question/question-page</p>; }
