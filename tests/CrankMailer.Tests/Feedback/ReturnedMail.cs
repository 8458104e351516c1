using System.Text;
using CrankMailer.Tests.Delivery;

namespace CrankMailer.Tests.Feedback;

/// <summary>What servers send back about a mail that our relay took.</summary>
internal static class ReturnedMail
{
    public static byte[] Bounce(Taken mail, string status = "5.1.1", string diagnostic = "550 5.1.1 no such user here", string action = "failed", string? to = null, string? recipient = null) =>
        Encoding.ASCII.GetBytes($"""
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.org
            To: <{to ?? mail.Sender}>
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"

            --=_r
            Content-Type: text/plain

            It could not be delivered.
            --=_r
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; {recipient ?? mail.Recipient}
            Action: {action}
            Status: {status}
            Diagnostic-Code: smtp; {diagnostic}

            --=_r--
            """.ReplaceLineEndings("\r\n"));

    /// <summary>A complaint as big providers send it: the address taken out, our headers left in.</summary>
    public static byte[] Complaint(Taken mail) => Encoding.ASCII.GetBytes($"""
        From: loop@example.org
        To: <abuse@news.example.test>
        Subject: FW: June
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="=_a"

        --=_a
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        Version: 1

        --=_a
        Content-Type: message/rfc822

        From: brief@news.example.test
        To: <redacted>
        X-Recipient: {mail.Header("X-Recipient")}
        Message-ID: {mail.Header("Message-ID")}

        Hello
        --=_a--
        """.ReplaceLineEndings("\r\n"));
}
